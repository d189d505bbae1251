package org.offx.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LockTest {

    private static final String PLAYBOOK = "play \"P\" on [a, b] { spot \"ROOT/${node}\" }";

    @TempDir
    Path root;

    @Test
    void whoeverComesSecondIsToldWhoIsThereAndNothingIsDone() throws Exception {
        Process other = new ProcessBuilder("sleep", "1000").start();
        try (Playground ground = new Playground(root)) {
            hold(other.pid(), start(other.pid()));

            Apply.Outcome outcome = ground.attempt(PLAYBOOK, Duration.ZERO);

            Holder holder = ((Apply.Outcome.Locked) outcome).holders().getFirst();
            assertThat(holder.sentence(Instant.ofEpochSecond(1_700_000_000).plusSeconds(180)))
                    .isEqualTo("b: pierre on attic has been applying there for 3 min; --wait waits until that is done");
            assertThat(holder.sentence(Instant.ofEpochSecond(1_700_000_000).plusSeconds(3 * 3600)))
                    .endsWith("for 3 h; --wait waits until that is done, and if nobody is any more, `kill " + other.pid() + "` there ends it");
            assertThat(root.resolve("a")).doesNotExist();
            assertThat(root.resolve("b")).doesNotExist();
            assertThat(Files.isSymbolicLink(root.resolve("run-a/lock"))).as("the lock of the other node is given back").isFalse();
        } finally {
            other.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoeverWaitsGoesOnWhenTheOtherIsDone() throws Exception {
        Process other = new ProcessBuilder("sleep", "1000").start();
        try (Playground ground = new Playground(root)) {
            hold(other.pid(), start(other.pid()));
            AtomicBoolean asked = new AtomicBoolean();
            ground.cancellation = () -> {
                if (asked.compareAndSet(false, true)) {
                    other.destroyForcibly();
                }
                return false;
            };

            assertThat(ground.attempt(PLAYBOOK, Duration.ofSeconds(30))).isInstanceOf(Apply.Outcome.Done.class);
            assertThat(ground.events).anyMatch(Progress.Event.LockAwaited.class::isInstance);
            assertThat(root.resolve("b")).exists();
        } finally {
            other.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void aLockWhoseProcessIsGoneIsTakenOverEvenIfItsNumberIsUsedAgain() throws Exception {
        try (Playground ground = new Playground(root)) {
            hold(ProcessHandle.current().pid(), 1);

            assertThat(ground.attempt(PLAYBOOK, Duration.ZERO)).isInstanceOf(Apply.Outcome.Done.class);
        }
    }

    @Test
    void aLockIsNotStaleWhileAGuardIsArmed() throws Exception {
        try (Playground ground = new Playground(root)) {
            hold(ProcessHandle.current().pid(), 1);
            Files.createDirectories(root.resolve("run-b/guard-other-0"));
            Files.createFile(root.resolve("run-b/guard-other-0/armed"));

            assertThat(ground.attempt(PLAYBOOK, Duration.ZERO)).isInstanceOf(Apply.Outcome.Locked.class);
            Files.delete(root.resolve("run-b/lock"));
            assertThat(ground.attempt(PLAYBOOK, Duration.ZERO)).as("without a lock at all").isInstanceOf(Apply.Outcome.Locked.class);
            Files.delete(root.resolve("run-b/guard-other-0/armed"));
            assertThat(ground.attempt(PLAYBOOK, Duration.ZERO)).isInstanceOf(Apply.Outcome.Done.class);
        }
    }

    /** The node's end of a connection that was cut: nothing tells it that the other end is gone. */
    @Test
    void aLockIsStaleWhenNobodyAsksWhatAGuardHasUndone() throws Exception {
        Process shell = new ProcessBuilder("sleep", "1000").start();
        try (Playground ground = new Playground(root)) {
            hold(shell.pid(), start(shell.pid()));
            Path undone = Files.createDirectories(root.resolve("run-b/guard-other-0")).resolve("undone");
            Files.createFile(undone);

            assertThat(ground.attempt(PLAYBOOK, Duration.ZERO)).as("it may still ask").isInstanceOf(Apply.Outcome.Locked.class);
            Files.setLastModifiedTime(undone, FileTime.from(Instant.now().minusSeconds(130)));
            assertThat(ground.attempt(PLAYBOOK, Duration.ZERO)).isInstanceOf(Apply.Outcome.Done.class);
            assertThat(shell.waitFor(5, TimeUnit.SECONDS)).as("its shell is ended").isTrue();
            assertThat(undone.getParent()).doesNotExist();
        } finally {
            shell.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
    }

    private void hold(long pid, long start) throws Exception {
        Files.createDirectories(root.resolve("run-b"));
        Files.createSymbolicLink(
                root.resolve("run-b/lock"), Path.of("other:" + pid + ":" + start + ":1700000000:pierre:attic"));
    }

    /** Field 22 of proc_pid_stat(5). */
    private static long start(long pid) throws Exception {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
    }
}
