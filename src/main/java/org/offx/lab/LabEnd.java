package org.offx.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.time.Instant;

/** How a lab goes down, whatever state it is in: its processes by what was written down about them, then its files. */
final class LabEnd {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private LabEnd() {}

    static void take(LabDirectory directory) throws LabException {
        if (!directory.exists()) {
            return;
        }
        try {
            end(directory);
            directory.delete();
        } catch (IOException left) {
            if (Files.exists(directory.path(), LinkOption.NOFOLLOW_LINKS)) {
                throw new LabException("The lab in " + directory.path() + " could not be removed: " + left, left);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted while the lab in " + directory.path() + " was taken down.", stopped);
        }
    }

    private static void end(LabDirectory directory) throws IOException, InterruptedException, LabException {
        var processes = directory.processes();
        for (var role : new String[] {"keeper", "fabric"}) {
            var process = processes.get(role);
            if (process == null) {
                continue;
            }
            process.end(false);
            if (!gone(process)) {
                process.end(true);
                if (!gone(process)) {
                    throw new LabException("The lab in " + directory.path() + " is still up: its process "
                            + process.pid() + " could not be ended.");
                }
            }
        }
    }

    private static boolean gone(ProcessMark process) throws InterruptedException {
        var limit = Instant.now().plus(PATIENCE);
        while (process.alive()) {
            if (Instant.now().isAfter(limit)) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }
}
