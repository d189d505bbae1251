# What a guard does when nobody has confirmed the change: with no argument, when the time is over; with `files` and then with
# `rest`, when the node has started meanwhile. Before it stand d, v, u, g, and what guards and their undo share (units.sh);
# behind it offx_files and offx_rest, which put back the files and run the resource's own undo, and a call of offx_main.
# One part that fails does not keep the others from being tried.

# offx_main [PART]
offx_main() {
  cd "$g" 2>/dev/null || exit 0
  if [ -z "$1" ]; then
    mv armed undoing 2>/dev/null || exit 0
  else
    [ "$(cat /proc/sys/kernel/random/boot_id)" != "$(cat boot)" ] || exit 0
    if [ -e disarmed ]; then
      offx_forget
      exit 0
    fi
    mv armed undoing 2>/dev/null || [ -e undoing ] || exit 0
    : >restarted
  fi
  exec >>"$g/log" 2>&1
  PATH=$(cat path)
  export PATH
  LC_ALL=C
  export LC_ALL
  offx_files
  [ "$1" != files ] || exit 0
  offx_rest
  offx_done
}

# offx_back NUMBER: what could not be put back early, because its file system was not there yet, is tried again.
offx_back() {
  [ ! -e "$g/$1.back" ] || return
  p=$(cat "$g/$1.path" && echo x) || return
  p=${p%x}
  if [ -e "$g/$1.was" ]; then
    cp -p --preserve=all "$g/$1.was" "$p.offx-undo" 2>/dev/null || cp -p "$g/$1.was" "$p.offx-undo" || return
    mv -f "$p.offx-undo" "$p" || return
  else
    rm -f "$p" || return
  fi
  : >"$g/$1.back"
}

offx_run() {
  if command -v timeout >/dev/null; then timeout 60 "$@"; else "$@"; fi
}

# offx_done: what is left until somebody hears of it lies where the next start of the node takes it away.
offx_done() {
  if [ "$v" = "$d" ]; then
    mv undoing undone
    return
  fi
  umask 077
  r=$d/${g##*/}
  [ -d "$d" ] || mkdir -m 700 "$d"
  mkdir "$r"
  cp log "$r/log"
  [ ! -e restarted ] || : >"$r/restarted"
  : >"$r/undone"
  offx_forget
}
