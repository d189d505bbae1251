package org.offx.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** The keeper takes everything down; where there is none any more, the fabric ends by itself. What does not is killed. */
    private static void end(LabDirectory directory) throws IOException, InterruptedException, LabException {
        var processes = Stream.of("keeper", "fabric").map(directory.processes()::get).filter(Objects::nonNull).toList();
        for (boolean forcibly : new boolean[] {false, true}) {
            var ended = directory.awaitEnd(PATIENCE);
            processes.stream().filter(ProcessMark::alive).limit(forcibly ? 2 : 1).forEach(process -> process.end(forcibly));
            if (ended.waitFor() == 0) {
                return;
            }
        }
        throw new LabException("The lab in " + directory.path() + " is still up: of its processes "
                + processes.stream().map(process -> "" + process.pid()).collect(Collectors.joining(" and "))
                + " one could not be ended.");
    }
}
