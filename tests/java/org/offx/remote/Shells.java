package org.offx.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.offx.remote.local.LocalLink;
import org.offx.value.Command;

/** Sessions on this machine, one for each kind of shell that a node may have. */
final class Shells {

    static final Duration LIMIT = Duration.ofSeconds(20);

    private Shells() {}

    static Stream<List<String>> all() {
        return Stream.of(List.of("/bin/dash"), List.of("busybox", "sh"), List.of("bash", "--posix"))
                .filter(words -> words.getFirst().startsWith("/")
                        ? Files.exists(Path.of(words.getFirst()))
                        : Files.exists(Path.of("/bin", words.getFirst())));
    }

    static Session session(List<String> shell) {
        LocalLink link = new LocalLink("here", System.getProperty("user.name"), shell, List.of(), Credentials.NONE);
        return reached(link.open(new Become.Login()));
    }

    static <T> T reached(Attempt<T> attempt) {
        return switch (attempt) {
            case Attempt.Reached<T>(T value) -> value;
            case Attempt.Failed<T>(Failure failure) -> throw new AssertionError(failure.sentence());
        };
    }

    static <T> Failure failed(Attempt<T> attempt) {
        assertThat(attempt).isInstanceOf(Attempt.Failed.class);
        return ((Attempt.Failed<T>) attempt).failure();
    }

    static Request.Exec exec(String... words) {
        return new Request.Exec(Command.of(words), LIMIT);
    }

    static Request.Exec sh(String script) {
        return exec("sh", "-c", script);
    }

    static Request.Exec pipe(String... programs) {
        return new Request.Exec(
                new Command(Arrays.stream(programs).map(script -> List.of("sh", "-c", script)).toList()), LIMIT);
    }

    static Answer one(Session session, Request request) throws ConnectionLost {
        return session.exchange(List.of(request), Mode.ALL).getFirst();
    }

    static Answer.Done done(Session session, Request request) throws ConnectionLost {
        Answer answer = one(session, request);
        assertThat(answer).isInstanceOf(Answer.Done.class);
        return (Answer.Done) answer;
    }
}
