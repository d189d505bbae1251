# What other nodes sent here (migrations, replication): received before anything else asks for datasets.
# Each file is a stream; its name is the dataset's, with '+' for '/'. NAME~gone takes it away.
for sim_file in "$SIM_SHARED/transfer/$SIM_NODE"/*; do
    [ -e "$sim_file" ] && mv "$sim_file" "$SIM_STATE/zfs/.arriving.$$" 2>/dev/null || continue
    sim_set=$(printf '%s' "${sim_file##*/}" | tr + /)
    case $sim_set in
    *'~gone')
        SIM_ARRIVING=1 "$SIM_DIR/zfs" destroy -r "${sim_set%'~gone'}" 2>/dev/null
        rm -f "$SIM_STATE/zfs/.arriving.$$"
        continue
        ;;
    esac
    SIM_ARRIVING=1 "$SIM_DIR/zfs" receive -F "$sim_set" <"$SIM_STATE/zfs/.arriving.$$" >&2
    SIM_ARRIVING=1 "$SIM_DIR/zfs" destroy "$sim_set@__migration__" 2>/dev/null
    rm -f "$SIM_STATE/zfs/.arriving.$$"
done
