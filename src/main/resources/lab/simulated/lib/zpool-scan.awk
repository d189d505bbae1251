# zpool scrub, zpool wait.

function zpool_scrub(   bad, i, scan) {
    bad = getopts("spw", 2)
    if (bad != "") bad_option(bad)
    if ("s" in OPT && "p" in OPT) { err("invalid option combination: -s and -p are mutually exclusive"); usage() }
    if ("w" in OPT && ("s" in OPT || "p" in OPT)) { err("invalid option combination: -w cannot be used with -p or -s"); usage() }
    if ("p" in OPT) refuse("zpool scrub -p")
    if (NARG == 0) { err("missing pool name argument"); usage() }
    pick_pools(1)
    for (i = 1; i <= NPICK; i++) {
        if (!allowed("scrub", PICK[i])) continue
        scan = PICK[i] in SCAN ? SCAN[PICK[i]] : ""
        if ("s" in OPT) {
            if (scan !~ /^scrub in progress/) { fail("cannot cancel scrubbing " PICK[i] ": there is no active scrub"); continue }
            SCAN[PICK[i]] = "scrub canceled on " strftime("%a %b %e %H:%M:%S %Y", now())
        }
        else if (scan ~ /^scrub in progress/) { fail("cannot scrub " PICK[i] ": currently scrubbing; use 'zpool scrub -s' to cancel " (is_22() ? "" : "current ") "scrub"); continue }
        else if (scan ~ /^resilver in progress/) { fail("cannot scrub " PICK[i] ": currently resilvering"); continue }
        else if ("w" in OPT) SCAN[PICK[i]] = finished("scrub repaired")
        else SCAN[PICK[i]] = "scrub in progress since " strftime("%a %b %e %H:%M:%S %Y", now()) "\001" "0B / 0B scanned, 0B / 0B issued\001" "0B repaired, 0.00% done, no estimated completion time"
    }
    finish_pools()
}


# No byte is stored, so a scan is over when somebody waits for it, and a resilver as soon as it begins.
function finished(what) { return what " 0B in 00:00:00 with 0 errors on " strftime("%a %b %e %H:%M:%S %Y", now()) }

function zpool_wait(   bad, i, k, list, scrub) {
    bad = getopts("HpT:t:", 2)
    if (bad != "") bad_option(bad)
    if (NARG < 1) { err("missing 'pool' argument"); usage() }
    if (NARG > 1 || "T" in OPT) refuse("zpool wait with an interval")
    k = split("t" in OPT ? OPT["t"] : "scrub", list, ",")
    for (i = 1; i <= k; i++) {
        if (list[i] !~ /^(discard|free|initialize|replace|remove|resilver|scrub|trim)$/) { err("invalid activity '" list[i] "'"); usage() }
        if (list[i] == "scrub") scrub = 1
    }
    if (!known_pool(ARG[1])) return
    if (!scrub || SCAN[ARG[1]] !~ /^scrub in progress/) return
    SCAN[ARG[1]] = finished("scrub repaired")
    finish_pools()
}
