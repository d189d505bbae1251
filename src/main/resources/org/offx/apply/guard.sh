# Guards of an apply on a node: POSIX sh. Before it stand d, v and u (see RunDirectory), g, this guard's directory in v, and
# what guards and their undo share (units.sh); behind it calls. Whoever renames `armed` first has decided: the timer, or a
# start of the node, to `undoing`, the confirmation to `disarmed`. So both can never win.

# offx_new: the guard's directory.
offx_new() {
  [ -d "$v" ] || mkdir -p "${v%/*}" && { [ -d "$v" ] || mkdir -m 700 "$v"; } && mkdir -m 700 "$g" || exit 71
}

# offx_keep NUMBER PATH: how the file is now, with owner, mode and ACL; or that there is none.
offx_keep() {
  p=$2
  if [ -L "$p" ]; then
    p=$(readlink -f "$p" && echo x) || exit 71
    p=${p%??}
  fi
  printf %s "$p" >"$g/$1.path" || exit 71
  if [ -f "$p" ]; then
    cp -p --preserve=all "$p" "$g/$1.was" 2>/dev/null || cp -p "$p" "$g/$1.was" || exit 71
  elif [ -e "$p" ]; then
    echo "$p is no regular file" >&2
    exit 71
  fi
}

# offx_script TEXT: what undoes it.
offx_script() {
  { printf "d='%s' v='%s' u='%s' g='%s'\n" "$d" "$v" "$u" "$g" && printf %s "$1"; } >"$g/undo.sh" || exit 71
}

# offx_arm SECONDS: the timer does not belong to this session, and does not end with it. Output goes nowhere, so that
# nothing it says can come in between.
offx_arm() {
  printf %s "$PATH" >"$g/path" && readlink "$d/lock" >"$g/lock" && : >"$g/armed" || exit 71
  if [ -n "$u" ]; then
    offx_units && offx_sync && systemd-run --quiet --collect --unit="$n" --on-active="$1" --timer-property=AccuracySec=1s \
      /bin/sh "$g/undo.sh" || { offx_forget; exit 71; }
  elif command -v setsid >/dev/null; then
    setsid sh -c 'echo $$ >"$1/timer"; sleep "$2"; exec sh "$1/undo.sh"' offx-guard "$g" "$1" </dev/null >/dev/null 2>&1 &
  else
    offx_forget
    echo "there is neither systemd nor setsid" >&2
    exit 71
  fi
}

# offx_stop: the timer, which has nothing to do any more.
offx_stop() {
  if [ -s "$g/timer" ]; then
    kill -TERM "-$(cat "$g/timer")" 2>/dev/null
  elif [ -n "$u" ]; then
    offx_systemctl stop "$n.timer"
  fi
}

# offx_disarm: 4: there is no such guard any more; 5: the node undoes the change, or has done so.
offx_disarm() {
  offx_there
  mv "$g/armed" "$g/disarmed" 2>/dev/null || [ -e "$g/disarmed" ] || exit 5
  offx_sync
  offx_stop
  offx_forget
}

# offx_through: 0: the steps of the change have come to their end; 3: they have not; 4 and 5 as above.
offx_through() {
  offx_there
  [ -e "$g/armed" ] || exit 5
  [ -e "$g/through" ] || exit 3
}

# offx_undo_now: as if the time were over.
offx_undo_now() {
  offx_there
  setsid sh "$g/undo.sh" </dev/null >/dev/null 2>&1 &
}

# offx_undone: 0: it is done, and what it said is printed; 6: likewise, by a start of the node; 3: not yet; 4: there is no
# such guard any more.
offx_undone() {
  r=$d/${g##*/}
  if [ -e "$r/undone" ] && { [ "$r" = "$g" ] || [ ! -d "$g" ]; }; then
    cat "$r/log" 2>/dev/null
    offx_stop
    s=0
    [ ! -e "$r/restarted" ] || s=6
    rm -rf "$r"
    exit "$s"
  fi
  [ ! -d "$g" ] || exit 3
  exit 4
}

# offx_there: this guard is armed, or was undone and nobody has heard of it yet.
offx_there() {
  [ -d "$g" ] && return
  [ ! -e "$d/${g##*/}/undone" ] || exit 5
  exit 4
}
