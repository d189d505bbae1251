package org.offx.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jline.utils.Signals;
import org.offx.apply.Apply;
import org.offx.apply.Progress.Event;
import org.offx.apply.RunDirectory;
import org.offx.eval.Evaluation;
import org.offx.observe.Fleet;
import org.offx.observe.NodeReader;
import org.offx.observe.Preview;
import org.offx.observe.SideBySide;
import org.offx.plan.ExitStatus;
import org.offx.plan.Plan;
import org.offx.plan.Seal;

/** An apply at the command line: its progress as lines, its run file, and what Ctrl-C does. */
final class Applying {

    private static final DateTimeFormatter RUN = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    private final Evaluation evaluation;
    private final Fleet fleet;
    private final NodeReader reader;
    private final int window;
    private final Seal seal;
    private final Io io;

    /** @param seal the same that the plan was made with: else every secret would look like another one */
    Applying(Evaluation evaluation, Fleet fleet, NodeReader reader, int window, Seal seal, Io io) {
        this.evaluation = evaluation;
        this.fleet = fleet;
        this.reader = reader;
        this.window = window;
        this.seal = seal;
        this.io = io;
    }

    Apply.Outcome run(Preview.Outcome.Made made, Plan shown, boolean exact, Set<String> consents, Duration patience) {
        String run = RUN.format(io.clock().instant());
        AtomicBoolean cancelled = new AtomicBoolean();
        Object before = Signals.register("INT", () -> interrupt(cancelled));
        try {
            return new Apply(evaluation, new Apply.Ports(
                            fleet,
                            reader,
                            new SideBySide(window),
                            io.clock(),
                            time -> LockSupport.parkNanos(time.toNanos()),
                            this::say,
                            cancelled::get,
                            report -> keep(run, report),
                            RunDirectory.STANDARD,
                            seal))
                    .run(new Apply.Asked(run, System.getProperty("user.name"), machine(), made, shown, exact, consents, patience));
        } finally {
            Signals.unregister("INT", before);
        }
    }

    /** Once: what runs ends, nothing more is started. Twice: at once. */
    private void interrupt(AtomicBoolean cancelled) {
        if (cancelled.getAndSet(true)) {
            Runtime.getRuntime().halt(ExitStatus.INTERRUPTED.code());
        }
        io.progress("interrupted: what runs is left to end, nothing more is started; again to cut it off");
    }

    private void say(Event event) {
        switch (event) {
            case Event.BatchStarts(String play, int batch, var nodes) ->
                io.progress("» " + play + " (" + String.join(", ", nodes) + ")");
            case Event.NodeDoes(String node, String what) -> io.progress("  " + node + "  " + what);
            case Event.TaskEnds ends -> {}
            case Event.LockAwaited(var holder) -> io.progress("  waiting: " + holder.sentence(io.clock().instant()));
            case Event.Countdown(String node, var tasks, Duration left, String objection) ->
                io.progress("  " + node + "  not confirmed yet, undone in " + left.toSeconds() + " s: " + objection);
        }
    }

    private void keep(String run, String report) {
        Path file = io.state().resolve("runs").resolve(run + ".json");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, report);
        } catch (IOException broken) {
            io.problem("the report of this run cannot be kept in " + file + ": " + broken.getMessage());
        }
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "this machine";
        }
    }
}
