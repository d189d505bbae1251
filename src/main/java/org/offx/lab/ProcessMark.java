package org.offx.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process, told apart from any later one with the same id by the time it started (clock ticks since boot, field 22 of
 * {@code /proc/PID/stat}, proc(5)).
 */
record ProcessMark(long pid, long start) {

    /** The process with this id as it is now; the start is -1, and it is never alive, if there is none. */
    static ProcessMark of(long pid) {
        return new ProcessMark(pid, startOf(pid));
    }

    static ProcessMark parse(String text) {
        var words = text.strip().split("@");
        return new ProcessMark(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }

    boolean alive() {
        return start >= 0 && startOf(pid) == start;
    }

    /** Sends SIGTERM or, forcibly, SIGKILL, if it is still that process. */
    void end(boolean forcibly) {
        if (alive()) {
            ProcessHandle.of(pid).ifPresent(forcibly ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
        }
    }

    @Override
    public String toString() {
        return pid + "@" + start;
    }

    private static long startOf(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The second field is the program's name in parentheses, and may contain anything.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean zombie = fields[0].equals("Z") || fields[0].equals("X");
            return zombie ? -1 : Long.parseLong(fields[19]);
        } catch (IOException gone) {
            return -1;
        }
    }
}
