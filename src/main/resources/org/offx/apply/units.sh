# What must be so while a guard is armed where systemd runs (u is not empty), so that the change is taken back when the node
# starts before it was confirmed. Before it stand d, v, u and g.

n=offx-${g##*/}

# offx_units: one unit puts the files back before anything has read them, another one does the rest when all has started.
# They are files and links only: systemd reads them when it starts, and until then need not know them.
offx_units() {
  cat /proc/sys/kernel/random/boot_id >"$g/boot" && mkdir -p "$u/sysinit.target.wants" "$u/multi-user.target.wants" || return
  offx_unit files 'DefaultDependencies=no
After=local-fs.target
Before=sysinit.target network-pre.target shutdown.target
Wants=network-pre.target
Conflicts=shutdown.target' sysinit.target && offx_unit rest "After=multi-user.target $n-files.service" multi-user.target
}

# offx_unit PART ORDER TARGET
offx_unit() {
  printf '%s\n' '[Unit]' 'Description=offx takes back a change that nobody had confirmed when this node went down' \
    "RequiresMountsFor=$g" "$2" '[Service]' Type=oneshot "ExecStart=/bin/sh $g/undo.sh $1" >"$u/$n-$1.service" \
    && ln -s "../$n-$1.service" "$u/$3.wants/$n-$1.service"
}

# offx_sync: what a sudden end of the node must not take with it.
offx_sync() {
  [ -z "$u" ] || sync -f "$g" "$u" 2>/dev/null || sync
}

offx_systemctl() {
  if command -v timeout >/dev/null; then timeout 20 systemctl "$@"; else systemctl "$@"; fi >/dev/null 2>&1 || :
}

# offx_forget: nothing is left of the guard.
offx_forget() {
  if [ -n "$u" ]; then
    rm -f "$u/$n-files.service" "$u/$n-rest.service" "$u/sysinit.target.wants/$n-files.service" \
      "$u/multi-user.target.wants/$n-rest.service"
    rmdir "$u/sysinit.target.wants" "$u/multi-user.target.wants" 2>/dev/null
    offx_systemctl daemon-reload
  fi
  rm -rf "$g"
  [ "$v" = "$d" ] || rmdir "$v" 2>/dev/null || :
}
