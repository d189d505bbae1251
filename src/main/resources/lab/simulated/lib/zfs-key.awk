# zfs load-key, zfs unload-key.

# libzfs hands on -1.
function key_fails(text) { fail(text); STATUS = 255 }

function zfs_key(load,   bad, name, at, path, k, line) {
    bad = getopts("anrL:", 2)
    if (bad != "") bad_option(bad)
    if ("a" in OPT || "r" in OPT || "n" in OPT) refuse("zfs load-key/unload-key -a, -r, -n")
    if (NARG != 1) { err(NARG == 0 ? "Missing dataset argument or -a option" : "Cannot specify multiple datasets"); usage() }
    name = ARG[1]
    if (!openable(name, "fv")) return
    at = encryption_root(name)
    if (at == "") { key_fails("Key " (load ? "load" : "unload") " error: '" name "' is not encrypted."); return }
    if (at != name) { key_fails("Key " (load ? "load" : "unload") " error: Keys must be " (load ? "loaded" : "unloaded") " for encryption root of '" name "' (" at ")."); return }
    k = key_unloaded(name)
    if (load && !k) { key_fails("Key load error: Key already loaded for '" name "'."); return }
    if (!load && k) { key_fails("Key unload error: Key already unloaded for '" name "'."); return }
    if (!load && name in MOUNT) { key_fails("Key unload error: '" name "' is busy."); return }
    path = "L" in OPT ? OPT["L"] : LOCAL[name, "keylocation"]
    # A passphrase is not kept, so any that could be one opens.
    if (load && path == "prompt") {
        if ((getline line < "-") <= 0 || length(line) < 8) { key_fails("Key load error: Passphrase too short (min 8)."); return }
    } else if (load && path !~ /^file:\/\//) refuse("keys that are neither in a file nor asked for")
    else if (load && !key_file_ok(path, LOCAL[name, "keyformat"], "Key load error")) { STATUS = 255; return }
    if (load) delete LOCAL[name, "offx.lab:key"]
    else set_local(name, "offx.lab:key", "unloaded")
    commit()
}
