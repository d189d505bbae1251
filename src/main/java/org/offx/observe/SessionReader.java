package org.offx.observe;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.offx.eval.Reading;
import org.offx.remote.Answer;
import org.offx.remote.Attempt;
import org.offx.remote.Bytes;
import org.offx.remote.ConnectionLost;
import org.offx.remote.Failure;
import org.offx.remote.FileState;
import org.offx.remote.Mode;
import org.offx.remote.Output;
import org.offx.remote.Request;
import org.offx.remote.Session;
import org.offx.value.Command;

/** Reads nodes over their sessions: all questions in one batch. */
public final class SessionReader implements NodeReader {

    private static final Duration FILE_LIMIT = Duration.ofSeconds(10);
    /** Bytes of a file that are read; of a longer one there is no text. */
    static final int LARGEST_FILE = 8 << 20;

    private static final Set<Integer> ANY_STATUS = IntStream.range(0, 256).boxed().collect(Collectors.toUnmodifiableSet());

    private final Fleet fleet;

    public SessionReader(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public List<Reading> ask(String node, List<Question> questions) {
        return switch (fleet.session(node)) {
            case Attempt.Failed<Session>(Failure failure) -> same(questions.size(), failure.sentence());
            case Attempt.Reached<Session>(Session session) -> ask(session, questions);
        };
    }

    @Override
    public Optional<String> unreachable(String node) {
        return fleet.failure(node).map(Failure::sentence);
    }

    private List<Reading> ask(Session session, List<Question> questions) {
        List<Request> batch = questions.stream().map(SessionReader::request).toList();
        List<Answer> answers;
        try {
            answers = fleet.exchange(session, batch, Mode.ALL);
        } catch (ConnectionLost lost) {
            return same(questions.size(), session.node() + ": " + lost.getMessage());
        }
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            readings.add(reading(session.node(), questions.get(i), answers.get(i)));
        }
        return readings;
    }

    private static List<Reading> same(int count, String why) {
        return IntStream.range(0, count).<Reading>mapToObj(i -> new Reading.Unavailable(why)).toList();
    }

    private static Request request(Question question) {
        return switch (question) {
            case Question.Run(Command command, Duration limit) ->
                new Request.Exec(command, Optional.empty(), limit, ANY_STATUS);
            case Question.FileState(String path) -> new Request.ReadFile(path, FILE_LIMIT, LARGEST_FILE);
        };
    }

    private static Reading reading(String node, Question question, Answer answer) {
        return switch (answer) {
            case Answer.Done done when done.stdout().truncated() || done.stderr().truncated() -> new Reading.Unavailable(
                    node + ": " + shown(question) + " prints more than " + (Output.LIMIT >> 20) + " MiB, and half of an answer is none");
            case Answer.Done done -> new Reading.Output(done.stdout().text(), done.stderr().text(), status(done));
            case Answer.TimedOut timedOut -> new Reading.TimedOut(timedOut.limit());
            case Answer.CommandNotFound(String program) -> new Reading.NotInstalled(program);
            case Answer.NotStarted ignored ->
                new Reading.Unavailable(node + ": the session's directory there is full or gone: nothing can be started");
            case Answer.Found(FileState state) -> file(state);
            case Answer.Absent(Optional<String> link) ->
                link.<Reading>map(target -> new Reading.File("", false, "link", 0777, "", "", 0, target))
                        .orElseGet(Reading.NoFile::new);
            case Answer.Unreadable(String message) -> new Reading.Unavailable(node + ": " + message);
            case Answer.NotRun ignored -> throw impossible(answer);
            case Answer.Lost ignored -> throw impossible(answer);
            case Answer.Written ignored -> throw impossible(answer);
            case Answer.Conflict ignored -> throw impossible(answer);
            case Answer.Rejected ignored -> throw impossible(answer);
            case Answer.WriteFailed ignored -> throw impossible(answer);
        };
    }

    private static String shown(Question question) {
        return switch (question) {
            case Question.Run(Command command, Duration limit) -> "`" + command.shown() + "`";
            case Question.FileState(String path) -> path;
        };
    }

    private static IllegalStateException impossible(Answer answer) {
        return new IllegalStateException("no answer to a probe: " + answer);
    }

    /** The first part that failed says more than the last one, unless it only stopped writing to who read enough. */
    private static int status(Answer.Done done) {
        return done.statuses().stream()
                .filter(status -> status != 0 && status != 141)
                .findFirst()
                .orElse(done.status());
    }

    private static Reading file(FileState state) {
        Optional<String> text = state.content().flatMap(SessionReader::text);
        return new Reading.File(
                text.orElse(""),
                state.kind() == FileState.Kind.FILE && text.isEmpty(),
                state.link().isPresent() ? "link" : kind(state.kind()),
                state.mode(),
                state.user(),
                state.group(),
                state.size(),
                state.link().orElse(""));
    }

    private static String kind(FileState.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Strict: a text that is not UTF-8 must not be edited as if it were. */
    private static Optional<String> text(Bytes bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toArray()))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
