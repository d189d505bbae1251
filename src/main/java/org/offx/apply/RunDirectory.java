package org.offx.apply;

import org.offx.observe.Survey;

/** Where offx keeps on a node what must outlive a session: its lock, what it owes, armed guards. */
@FunctionalInterface
public interface RunDirectory {

    /**
     * Root has /run/offx, and /var/lib/offx where systemd runs; another user the directory of that user's login session, or
     * one under /tmp.
     */
    RunDirectory STANDARD = node -> "if [ \"$(id -u)\" = 0 ]; then d=" + parent(Survey.OWED)
            + "; else d=${XDG_RUNTIME_DIR:-/tmp}/offx-$(id -u); fi\n"
            + "if " + Survey.GUARDS_LAST + "; then v=/var/lib/offx u=/etc/systemd/system; else v=$d u=; fi\n";

    /**
     * Lines of POSIX sh that set absolute paths: {@code d}, which is gone when the node restarts; {@code v}, where armed guards
     * lie, which outlasts a restart where somebody is there who would run them then; and {@code u}, where that somebody,
     * systemd, finds its units. Elsewhere {@code v} is {@code d}, and {@code u} is empty.
     */
    String shell(String node);

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
