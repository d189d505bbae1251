# What a node runs for one session: POSIX sh, tried with dash, busybox ash and bash. It needs Linux's /proc, and of
# programs only mkfifo, sleep, find, wc, cat, head, rm; for files also stat, readlink, cp, chmod, chown, mv, sync,
# sha256sum. Sent once, without these comments, in front of the first batch. Before it stand D (this session's private
# directory, our working directory) and P (directories to put in front of PATH).
#
# Only this shell writes to standard output. Whatever a request prints goes to files in D and travels by byte count, so
# nothing that it prints, reads or leaves running can be taken for an answer. A child tells of its end through the pipe
# at descriptor 9; its errors go to descriptor 8, apart from what the shell around it says ("Killed").
#
# ID below is a request's name, such as 3_0, and these are its files:
#   ID.o output   ID.e errors   ID.m facts   ID.l link text
#   ID.n the number of the part whose program is missing   ID.0 ID.1 … the statuses of a pipeline's parts

unset CDPATH ENV BASH_ENV LANGUAGE
LC_ALL=C
for d in /usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin; do
  case ":$PATH:" in *":$d:"*) ;; *) PATH=$PATH:$d ;; esac
done
PATH=$P$PATH
export LC_ALL PATH
umask 022
cd "$D" || exit 1
mkfifo events && exec 9<>events && rm events || exit 1
T=0 R=' ' Q= X= M=all N=
trap 'exit 1' HUP INT TERM PIPE
# What sessions that were killed have left.
for d in "${D%/*}"/offx-session.*; do
  f=${d##*/offx-session.}
  [ -e "/proc/${f%%.*}/exe" ] || rm -rf "$d" 2>/dev/null
done
CAP=16777216
S='%f %u %g %s
%U
%G'

# offx_open NONCE MODE: begins a batch. A child beats time while it lasts (T, in fifths of a second), since no wait of sh
# has a limit.
offx_open() {
  N=$1 M=$2 X= T=0
  (
    while kill -0 $$; do
      if sleep 0.2; then echo t 1 >&9; else sleep 1 && echo t 5 >&9; fi || exit
    done
  ) </dev/null >/dev/null 2>&1 &
  K=$!
}

# offx_begin ID: false when a step before it has failed. A step is announced before it starts.
offx_begin() {
  [ -z "$X" ] || return 1
  [ "$M" = all ] || printf '%s S %s\n' "$N" "$1" || exit 1
}

# offx_have ID PROGRAM PART: in the child, just before `exec PROGRAM`.
offx_have() {
  command -v "$2" >/dev/null || { echo "$3" >"$1.n"; exit 127; }
  cd /
}

# offx_tend ID LIMIT PARTS ACCEPTED: takes care of the child that was just started. Steps are waited for; a probe that is
# slow is left to run beside the others, so that they need not wait for it.
offx_tend() {
  eval "p_$1=\$! s_$1=\$T l_$1=\$2 g_$1=\$3 k_$1=0"
  R="$R$1 "
  if [ "$M" = all ]; then
    while offx_runs "$1"; do
      eval "e=\$((T - s_$1))"
      if [ "$e" -ge 2 ] && offx_few $R; then break; fi
      offx_next
    done
  else
    while offx_runs "$1"; do offx_next; done
    offx_flush "$1"
    eval "r=\$r_$1"
    case $r in x*) ;; *) X=1 ;; esac
    offx_fails "$4" ${r#x} && X=1
  fi
}

# offx_fails ACCEPTED STATUS…: one of a pipeline is no success. Parts before the last may end by SIGPIPE.
offx_fails() {
  f=$1
  shift
  while [ $# -gt 0 ]; do
    case " $f " in *" $1 "*) ;; *) [ "$1" = 141 ] && [ $# -gt 1 ] || return 0 ;; esac
    shift
  done
  return 1
}

offx_runs() { case $R in *" $1 "*) ;; *) return 1 ;; esac; }
offx_few() { [ $# -lt 32 ]; }

# offx_next: waits for the next event: t TICKS, or ID STATUS when a request has ended.
offx_next() {
  read -r i v <&9 || exit 1
  if [ "$i" = t ]; then
    T=$((T + v))
    offx_runaway
    for j in $R; do offx_due "$j"; done
  elif offx_runs "$i"; then
    eval "wait \"\$p_$i\""
    offx_ended "$i" "$v"
  fi
}

# offx_ended ID STATUS: keeps what became of it in r_ID, in words that the other side reads: x STATUS…, t (stopped at
# its limit), a (did not even die of KILL), n PART (no such program), f (not started: our own directory is unusable).
offx_ended() {
  R="${R%% $1 *} ${R#* $1 }" Q="$Q $1"
  eval "k=\$k_$1 g=\$g_$1"
  r="x $2"
  if [ "$g" -gt 1 ]; then
    r=x y=0
    while [ "$y" -lt "$g" ]; do
      z=$2
      [ ! -e "$1.$y" ] || read -r z <"$1.$y"
      r="$r $z" y=$((y + 1))
    done
  fi
  if [ -s "$1.n" ]; then read -r z <"$1.n"; r="n $z"; fi
  [ -e "$1.e" ] || r=f
  case $k in 1 | 2) r=t ;; 3) r=a ;; esac
  eval "r_$1=\$r"
}

# offx_due ID: at its limit TERM, two seconds later KILL, two seconds later it is given up.
offx_due() {
  eval "e=\$((T - s_$1 - l_$1)) k=\$k_$1 q=\$p_$1"
  if [ "$k" = 0 ] && [ "$e" -ge 0 ]; then
    offx_slay TERM "$q"
    eval "k_$1=1 l_$1=\$((T - s_$1))"
  elif [ "$k" = 1 ] && [ "$e" -ge 10 ]; then
    offx_slay KILL "$q"
    eval "k_$1=2"
  elif [ "$k" = 2 ] && [ "$e" -ge 20 ]; then
    eval "k_$1=3"
    offx_ended "$1" 137
  fi
}

# offx_slay SIGNAL PID: all that the process has started; itself it stays, to tell of their end.
offx_slay() (
  signal=$1 root=$2 all=" $2 " more=1
  while [ "$more" ]; do
    more=
    for f in /proc/[0-9]*/stat; do
      { read -r x <"$f"; } 2>/dev/null || continue
      f=${f#/proc/} f=${f%/stat}
      set -- ${x##*) }
      case $all in *" $f "*) continue ;; esac
      case $all in *" $2 "*) all="$all$f " more=1 ;; esac
    done
  done
  kill "-$signal" ${all#" $root "}
) 2>/dev/null

# offx_runaway: ends what fills the disk with output.
offx_runaway() {
  for f in $(find . -name '*.[oe]' -size +131072 2>/dev/null); do
    f=${f#./} f=${f%.?}
    offx_runs "$f" && eval "offx_slay KILL \"\$p_$f\""
  done
}

# offx_flush ID…: sends what is known of these. All outputs are copied into one file, then measured: should a child that
# was left behind have written on meanwhile, the sum is wrong, and each is cut to what was measured.
offx_flush() {
  F= H= C= G=0
  for j; do
    eval "H=\"\$H\$N R $j \$r_$j
\""
    for y in o e m l; do [ ! -s "$j.$y" ] || F="$F $j.$y"; done
  done
  [ "$F" ] || { printf %s "$H" || exit 1; return 0; }
  cat $F >all
  set -- $(wc -c $F all)
  while [ "$2" != all ]; do
    n=$1 y=$2 z=$1
    shift 2
    [ "$n" -le "$CAP" ] || n=$CAP
    C="$C $n $y" G=$((G + n)) H="$H$N O $y $n $z
"
  done
  if [ "$1" != "$G" ]; then
    set -- $C
    while [ $# -gt 0 ]; do head -c "$1" "$2"; shift 2; done >all
    v=$(wc -c <all)
    [ "$v" -eq "$G" ] || exit 1
  fi
  { printf '%s%s B %s\n' "$H" "$N" "$G" && cat all; } || exit 1
}

# offx_shut: ends a batch. What is known goes first, then what was slow.
offx_shut() {
  if [ "$M" = all ]; then
    [ -z "$Q" ] || offx_flush $Q
    Q=
    while [ "$R" != ' ' ]; do offx_next; done
    [ -z "$Q" ] || offx_flush $Q
  fi
  Q=
  kill -KILL "$K"
  wait "$K" 2>/dev/null
  printf '%s Z\n' "$N" || exit 1
  rm -f ./*
}

# offx_look ID PATH MAX: in a child whose output is ID.o. A path that is a link is followed, its text kept.
offx_look() {
  [ ! -L "$2" ] || readlink "$2" >"$1.l"
  stat -L -c "$S" "$2" >"$1.m" || return 1
  [ ! -f "$2" ] || head -c "$3" <"$2"
}

# offx_say ID WORD…: in a child, the outcome of `offx_put`, which it ends.
offx_say() {
  f=$D/$1
  shift
  echo "$*" >"$f.m"
  case $1 in written) exit 0 ;; *) exit 1 ;; esac
}

# offx_put ID PATH EXPECTED MODE OWNER BYTES: in a child, writes a file by way of a temporary one beside it.
# `offx_content` prints what it is to hold, `offx_valid` judges the temporary file, $t.
#
# Others may write into that directory, and put something else under any name at any time. So the directory is entered
# once, the temporary file is made once and only the open descriptor 7 is changed after that, and nothing is moved into
# what has become a directory.
offx_put() {
  t= p=$2
  trap '[ -z "$t" ] || rm -f "./${t##*/}"' EXIT
  trap 'exit 143' HUP INT TERM
  # `readlink -f` of busybox knows no link to what is not there yet.
  y=0
  while [ -L "$p" ]; do
    l=$(readlink "$p" && echo x) && [ "$y" -lt 40 ] || offx_say "$1" failed parent
    l=${l%??} y=$((y + 1))
    case $l in /*) p=$l ;; *) p=${p%/*}/$l ;; esac
  done
  cd -P "${p%/*}/" 2>/dev/null && d=$(pwd && echo x) || offx_say "$1" failed parent
  d=${d%??}
  d=${d%/}/
  p=./${p##*/}
  if [ -e "$p" ]; then
    [ -f "$p" ] || offx_say "$1" failed kind
    if [ "$3" != any ]; then
      h=$(sha256sum <"$p") || offx_say "$1" failed read
      h=${h%% *}
      [ "$h" = "$3" ] || offx_say "$1" conflict "$h"
    fi
  else
    case $3 in any | absent) ;; *) offx_say "$1" conflict absent ;; esac
  fi
  umask 077
  n=.offx-$1-$N
  set -C
  { set +C; t=$d$n; offx_fill "$@"; } 7>"./$n" || offx_say "$1" failed create
}

# offx_fill: the rest of `offx_put`, with the temporary file open as 7.
offx_fill() {
  if [ -e "$p" ]; then
    cp -p --attributes-only --preserve=all "$p" /proc/self/fd/7 2>/dev/null || cp -p "$p" /proc/self/fd/7 || offx_say "$1" failed attributes
  else
    chmod 644 /proc/self/fd/7 || offx_say "$1" failed attributes
  fi
  [ -z "$5" ] || chown "$5" /proc/self/fd/7 || offx_say "$1" failed attributes
  [ -z "$4" ] || chmod "$4" /proc/self/fd/7 || offx_say "$1" failed attributes
  offx_content >/proc/self/fd/7 || offx_say "$1" failed content
  [ "$(wc -c </proc/self/fd/7)" -eq "$6" ] || offx_say "$1" failed content
  (cd / && offx_valid) || offx_say "$1" rejected "$?"
  sync /proc/self/fd/7 2>/dev/null || dd if=/dev/null of=/proc/self/fd/7 conv=notrunc,fsync 2>/dev/null
  mv -fT "./$n" "$p" || offx_say "$1" failed rename
  t=
  sync . 2>/dev/null
  printf %s "$d${p#./}" >"$D/$1.l"
  offx_say "$1" written
}
