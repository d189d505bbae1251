# Guards of an apply on a node: POSIX sh. Before it stand d, where offx keeps things, and g, this guard's directory in it;
# behind it one call. Whoever renames `armed` first has decided: the timer to `undoing` (and at last to `undone`), the
# confirmation to `disarmed`. So both can never win.

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

# offx_arm SECONDS UNIT: the timer does not belong to this session, and does not end with it. Output goes nowhere, so that
# nothing it says can come in between.
offx_arm() {
  printf %s "$PATH" >"$g/path" && : >"$g/armed" || exit 71
  if [ -d /run/systemd/system ] && [ "$(id -u)" = 0 ] && command -v systemd-run >/dev/null; then
    systemd-run --quiet --collect --unit="$2" --on-active="$1" --timer-property=AccuracySec=1s \
      /bin/sh "$g/undo.sh" || { rm -f "$g/armed"; exit 71; }
  elif command -v setsid >/dev/null; then
    setsid sh -c 'echo $$ >"$1/timer"; sleep "$2"; exec sh "$1/undo.sh"' offx-guard "$g" "$1" </dev/null >/dev/null 2>&1 &
  else
    rm -f "$g/armed"
    echo "there is neither systemd-run nor setsid" >&2
    exit 71
  fi
}

# offx_stop UNIT: the timer, which has nothing to do any more.
offx_stop() {
  if [ -s "$g/timer" ]; then
    kill -TERM "-$(cat "$g/timer")" 2>/dev/null
  else
    systemctl stop "$1.timer" >/dev/null 2>&1
  fi
}

# offx_disarm UNIT: 4: there is no such guard any more; 5: the node undoes the change, or has done so.
offx_disarm() {
  [ -d "$g" ] || exit 4
  mv "$g/armed" "$g/disarmed" 2>/dev/null || exit 5
  offx_stop "$1"
  rm -rf "$g"
}

# offx_undo_now: as if the time were over.
offx_undo_now() {
  [ -d "$g" ] || exit 4
  setsid sh "$g/undo.sh" </dev/null >/dev/null 2>&1 &
}

# offx_undone UNIT: 0: it is done, and what it said is printed; 3: not yet; 4: there is no such guard any more.
offx_undone() {
  [ -d "$g" ] || exit 4
  [ -e "$g/undone" ] || exit 3
  cat "$g/log" 2>/dev/null
  offx_stop "$1"
  rm -rf "$g"
}

# offx_through: 0: the steps of the change have come to their end.
offx_through() { [ -e "$g/through" ]; }
