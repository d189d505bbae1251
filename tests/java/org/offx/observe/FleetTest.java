package org.offx.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.offx.Await;
import org.offx.eval.Reading;
import org.offx.remote.Answer;
import org.offx.remote.Attempt;
import org.offx.remote.Become;
import org.offx.remote.ConnectionLost;
import org.offx.remote.Credentials;
import org.offx.remote.Mode;
import org.offx.remote.Request;
import org.offx.remote.Session;
import org.offx.remote.local.LocalLink;
import org.offx.value.Command;

/** Sessions that several parts of a command share, over real shells. */
@Timeout(60)
final class FleetTest {

    private static final List<Request> NOTHING = List.of(new Request.Exec(Command.of("true"), Duration.ofSeconds(20)));

    private final Fleet fleet = new Fleet(node ->
            new LocalLink(node, "me", List.of("/bin/sh"), List.of(), Credentials.NONE).open(new Become.Login()));

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void whoHearsLateOfALostConnectionDoesNotEndTheNewOne() throws ConnectionLost {
        Session lost = session();
        lost.close();
        assertThatThrownBy(() -> fleet.exchange(lost, NOTHING, Mode.ALL)).isInstanceOf(ConnectionLost.class);
        Session opened = session();
        assertThat(opened).isNotSameAs(lost);
        assertThatThrownBy(() -> fleet.exchange(lost, NOTHING, Mode.ALL)).isInstanceOf(ConnectionLost.class);
        assertThat(session()).isSameAs(opened);
        assertThat(fleet.exchange(opened, NOTHING, Mode.ALL)).hasSize(1);
        assertThat(fleet.roundTrips("a")).isEqualTo(2);
    }

    /** A node whose command takes minutes must not keep others from theirs. */
    @Test
    void whileANodeWorksTheFleetServesAllOthers() throws Exception {
        Path begun = directory.resolve("begun");
        Path end = directory.resolve("end");
        Session busy = session();
        Request waits = new Request.Exec(
                Command.of("sh", "-c", "touch '" + begun + "'; until [ -e '" + end + "' ]; do sleep 0.1; done"), Duration.ofMinutes(1));
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<List<Answer>> work = threads.submit(() -> fleet.exchange(busy, List.of(waits), Mode.UNTIL_FAILURE));
            Await.until("the command runs", Duration.ofSeconds(30), () -> Files.exists(begun));
            try {
                assertThat(threads.submit(() -> fleet.roundTrips("a")).get(10, TimeUnit.SECONDS)).isEqualTo(1);
                assertThat(threads.submit(() -> fleet.session("b")).get(10, TimeUnit.SECONDS)).isInstanceOf(Attempt.Reached.class);
            } finally {
                Files.createFile(end);
            }
            assertThat(work.get(30, TimeUnit.SECONDS)).hasSize(1);
        }
    }

    @Test
    void halfOfAnAnswerIsNone() {
        Reading reading = ask(new Question.Run(Command.of("head", "-c", "20000000", "/dev/zero"), Duration.ofSeconds(30)));
        assertThat(reading).isEqualTo(
                new Reading.Unavailable("a: `head -c 20000000 /dev/zero` prints more than 16 MiB, and half of an answer is none"));
    }

    @Test
    void ofAFileThatIsTooLongNobodySaysThatItIsEmpty() throws Exception {
        Path file = Files.write(directory.resolve("long"), Collections.nCopies(900_000, "0123456789"));
        assertThat(ask(new Question.FileState(file.toString()))).isInstanceOfSatisfying(Reading.File.class, read -> {
            assertThat(read.binary()).isTrue();
            assertThat(read.size()).isEqualTo(9_900_000);
        });
    }

    private Session session() {
        return ((Attempt.Reached<Session>) fleet.session("a")).value();
    }

    private Reading ask(Question question) {
        return new SessionReader(fleet).ask("a", List.of(question)).getFirst();
    }
}
