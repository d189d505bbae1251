# The lock of an apply on a node: POSIX sh. Before it stand d and v (see RunDirectory); behind it one call.
# The lock is a symbolic link that leads nowhere: it comes into being together with its text, which says who holds it:
# RUN:PID:START:SINCE:WHO:FROM. PID is the session's shell; when that process is gone the lock is stale, unless a guard
# is still armed here, which means that a change waits for its confirmation. It is stale as well when the run has given up.

offx_home() {
  [ -d "$d" ] || mkdir -p "${d%/*}" && { [ -d "$d" ] || mkdir -m 700 "$d"; } || exit 71
  if [ -L "$d" ] || [ ! -O "$d" ]; then
    echo "$d belongs to somebody else" >&2
    exit 71
  fi
}

# offx_started PID: when the process was started, in clock ticks; field 22 of proc_pid_stat(5).
offx_started() {
  { read -r s <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- ${s##*) }
  echo "${20}"
}

offx_runs() { [ "$(offx_started "$1")" = "$2" ]; }

# offx_guarded RUN: prints who has a guard here that is armed, or is undoing its change, unless it is this run.
offx_guarded() {
  for a in "$v"/guard-*/armed "$v"/guard-*/undoing; do
    case $a in "$v/guard-$1-"*) continue ;; esac
    if [ -e "$a" ]; then
      cat "${a%/*}/lock" 2>/dev/null
      return 0
    fi
  done
  return 1
}

# offx_given_up RUN: one of its guards has undone its change, and for a minute nobody has asked what came of it. Whoever
# was cut off and has ended meanwhile could not say so: the node's end of the connection may live on for hours.
offx_given_up() {
  for g in "$d/guard-$1-"*/undone; do
    [ -z "$(find "$g" -mmin +1 2>/dev/null)" ] || return 0
  done
  return 1
}

# offx_take RUN WHO FROM MODE: takes the lock, or keeps it where this run has it; then prints what is owed. 75: it is
# somebody else's, who is printed. MODE end: an earlier session of this run that is still there is ended first, since
# nobody hears of its steps any more; MODE leave: it may finish them.
offx_take() {
  umask 077
  offx_home
  run=$1 who=$2 from=$3 mode=$4 tries=0 since=$(date +%s)
  me=$$:$(offx_started $$)
  if offx_guarded "$run"; then
    exit 75
  fi
  until ln -s "$run:$me:$since:$who:$from" "$d/lock" 2>/dev/null; do
    tries=$((tries + 1))
    if held=$(readlink "$d/lock"); then
      old=$IFS
      IFS=:
      set -- $held
      IFS=$old
      if [ "$1" = "$run" ]; then
        [ "$2:$3" != "$me" ] || break
        [ "$mode" != end ] || offx_end "$2" "$3"
        ln -s "$run:$me:$4:$who:$from" "$d/lock.$$" && mv -f "$d/lock.$$" "$d/lock" || exit 71
        break
      fi
      if offx_runs "$2" "$3"; then
        if ! offx_given_up "$1"; then
          echo "$held"
          exit 75
        fi
        offx_end "$2" "$3"
      fi
      offx_break "$held"
    fi
    if [ "$tries" -ge 20 ]; then
      echo "no lock can be made in $d" >&2
      exit 71
    fi
  done
  for g in "$d"/guard-*/undone; do
    [ ! -e "$g" ] || case $g in "$d/guard-$run-"*) ;; *) rm -rf "${g%/*}" ;; esac
  done
  [ ! -f "$d/owed" ] || cat "$d/owed"
}

# offx_break TEXT: removes a stale lock, if it is still the one with this text; one at a time.
offx_break() {
  if mkdir "$d/breaking" 2>/dev/null; then
    [ "$(readlink "$d/lock")" != "$1" ] || rm -f "$d/lock"
    rmdir "$d/breaking"
  else
    find "$d/breaking" -prune -mmin +1 -exec rmdir {} \; 2>/dev/null
    sleep 1
  fi
}

# offx_end PID START: the shell ends before its next step; at the latest after ten seconds it is killed.
offx_end() {
  kill -HUP "$1" 2>/dev/null
  n=0
  while offx_runs "$1" "$2"; do
    n=$((n + 1))
    [ "$n" -lt 10 ] || kill -KILL "$1" 2>/dev/null
    [ "$n" -lt 12 ] || return
    sleep 1
  done
}

# offx_release RUN
offx_release() {
  case $(readlink "$d/lock") in "$1":*) rm -f "$d/lock" ;; esac
}

# offx_owe NAME…: notes actions before the change that asks for them.
offx_owe() {
  umask 077
  offx_home
  for a; do
    grep -qxF -e "$a" "$d/owed" 2>/dev/null || printf '%s\n' "$a" >>"$d/owed" || exit 71
  done
}

# offx_paid NAME
offx_paid() {
  [ -f "$d/owed" ] || return 0
  grep -vxF -e "$1" "$d/owed" >"$d/owed.$$"
  [ "$?" -le 1 ] && mv -f "$d/owed.$$" "$d/owed" || exit 71
}
