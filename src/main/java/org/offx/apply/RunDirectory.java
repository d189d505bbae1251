package org.offx.apply;

import org.offx.observe.Survey;

/** Where offx keeps on a node what must outlive a session: its lock, what it owes, armed guards. Gone when the node restarts. */
@FunctionalInterface
public interface RunDirectory {

    /** Root has /run/offx; another user the directory of that user's login session, or one under /tmp. */
    RunDirectory STANDARD = node -> "if [ \"$(id -u)\" = 0 ]; then d=" + parent(Survey.OWED)
            + "; else d=${XDG_RUNTIME_DIR:-/tmp}/offx-$(id -u); fi\n";

    /** Lines of POSIX sh that set {@code d} to an absolute path. */
    String shell(String node);

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
