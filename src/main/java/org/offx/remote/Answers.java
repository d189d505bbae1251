package org.offx.remote;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.offx.remote.Answer.Cause;
import org.offx.remote.FileState.Kind;

/** From the words of {@code session.sh} about one request to its {@link Answer}. */
final class Answers {

    private final Request request;
    private final String result;
    private final Function<String, Output> part;

    private Answers(Request request, String result, Function<String, Output> part) {
        this.request = request;
        this.result = result;
        this.part = part;
    }

    /** @param part o, e, m or l: what the request left under that letter */
    static Answer of(Request request, String result, Function<String, Output> part) {
        return new Answers(request, result, part).answer();
    }

    private Answer answer() {
        String[] words = result.split(" ");
        return switch (words[0]) {
            case "t", "a" -> new Answer.TimedOut(request.limit(), words[0].equals("a"), stdout(), stderr());
            case "f" -> new Answer.NotStarted();
            case "n" -> new Answer.CommandNotFound(program(Integer.parseInt(words[1])));
            case "x" -> ended(Arrays.stream(words).skip(1).map(Integer::valueOf).toList());
            default -> throw new IllegalStateException("session.sh and its reader disagree: " + result);
        };
    }

    private String program(int stage) {
        return request instanceof Request.Exec exec
                ? exec.command().stages().get(stage).getFirst()
                : "sh";
    }

    private Answer ended(List<Integer> statuses) {
        return switch (request) {
            case Request.Exec _, Request.Script _ -> new Answer.Done(statuses, stdout(), stderr());
            case Request.ReadFile read -> looked(read, statuses.getLast());
            case Request.WriteFile _ -> put();
        };
    }

    private Answer looked(Request.ReadFile read, int status) {
        Optional<String> link = Optional.of(part.apply("l").text())
                .filter(text -> !text.isEmpty())
                .map(text -> text.substring(0, text.length() - 1));
        String facts = part.apply("m").text();
        if (facts.isEmpty() && stderr().text().contains("No such file or directory")) {
            return new Answer.Absent(link);
        }
        if (facts.isEmpty() || status != 0) {
            return new Answer.Unreadable(message());
        }
        String[] lines = facts.split("\n");
        String[] numbers = lines[0].split(" ");
        int bits = Integer.parseInt(numbers[0], 16);
        int uid = Integer.parseInt(numbers[1]);
        int gid = Integer.parseInt(numbers[2]);
        Kind kind = kind(bits);
        boolean whole = kind == Kind.FILE && stdout().bytes().size() <= read.maxBytes();
        return new Answer.Found(new FileState(
                kind, link, bits & 07777, name(lines[1], uid), uid, name(lines[2], gid), gid,
                Long.parseLong(numbers[3]), whole ? Optional.of(stdout().bytes()) : Optional.empty()));
    }

    /** The S_IFMT bits of inode(7). */
    private static Kind kind(int bits) {
        return switch (bits & 0170000) {
            case 0100000 -> Kind.FILE;
            case 0040000 -> Kind.DIRECTORY;
            case 0020000 -> Kind.CHARACTER_DEVICE;
            case 0060000 -> Kind.BLOCK_DEVICE;
            case 0010000 -> Kind.FIFO;
            case 0140000 -> Kind.SOCKET;
            default -> throw new IllegalStateException("not a kind of file: " + Integer.toOctalString(bits));
        };
    }

    /** stat(1) tells a number without a name as UNKNOWN. */
    private static String name(String told, int id) {
        return told.equals("UNKNOWN") ? String.valueOf(id) : told;
    }

    private Answer put() {
        String[] words = part.apply("m").text().strip().split(" ");
        return switch (words[0]) {
            case "written" -> new Answer.Written(part.apply("l").text());
            case "conflict" ->
                new Answer.Conflict(Optional.of(words[1]).filter(sum -> !sum.equals("absent")));
            case "rejected" -> new Answer.Rejected(Integer.parseInt(words[1]), stdout(), stderr());
            case "failed" -> new Answer.WriteFailed(cause(words[1]), message());
            default -> new Answer.NotStarted();
        };
    }

    private static Cause cause(String word) {
        return switch (word) {
            case "parent" -> Cause.NO_DIRECTORY;
            case "kind" -> Cause.NOT_A_FILE;
            case "read" -> Cause.UNREADABLE;
            case "create" -> Cause.CANNOT_CREATE;
            case "attributes" -> Cause.ATTRIBUTES;
            case "content" -> Cause.NO_SPACE;
            case "rename" -> Cause.CANNOT_REPLACE;
            default -> throw new IllegalStateException("session.sh and its reader disagree: " + word);
        };
    }

    private Output stdout() {
        return part.apply("o");
    }

    private Output stderr() {
        return part.apply("e");
    }

    private String message() {
        return stderr().text().strip();
    }
}
