package org.offx.remote;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.offx.value.Command;

/** One thing asked of a node. Limits are generous to a fifth of a second; they begin when the request itself begins. */
public sealed interface Request {

    /** The time after which it is stopped and answered with {@link Answer.TimedOut}. */
    Duration limit();

    /** Whether a batch of steps goes on after this answer. */
    boolean accepts(Answer answer);

    /**
     * A command, run in {@code /} with the C locale.
     *
     * @param input what its first part reads; nothing, and at once the end of it, where it is absent
     * @param accepted the statuses that are no failure; earlier parts of a pipeline may besides end by SIGPIPE (141),
     *     when those behind them have read enough
     */
    record Exec(Command command, Optional<Bytes> input, Duration limit, Set<Integer> accepted) implements Request {

        static final int SIGPIPE = 141;

        public Exec {
            accepted = Set.copyOf(accepted);
            command.stages().forEach(words -> words.forEach(Request::requireWord));
            requireLimit(limit);
        }

        public Exec(Command command, Duration limit) {
            this(command, Optional.empty(), limit, Set.of(0));
        }

        @Override
        public boolean accepts(Answer answer) {
            if (!(answer instanceof Answer.Done done)) {
                return false;
            }
            List<Integer> early = done.statuses().subList(0, done.statuses().size() - 1);
            return accepted.contains(done.status())
                    && early.stream().allMatch(status -> status == SIGPIPE || accepted.contains(status));
        }
    }

    /** Shell text of the engine's own (locks, guards), run in {@code /} by itself; never anything that a user wrote. */
    record Script(String text, Duration limit) implements Request {

        public Script {
            requireWord(text);
            requireLimit(limit);
        }

        @Override
        public boolean accepts(Answer answer) {
            return answer instanceof Answer.Done done && done.status() == 0;
        }
    }

    /**
     * What lies at a path, with the content of a regular file. A link is followed and its own text told.
     *
     * @param maxBytes content beyond this is left out
     */
    record ReadFile(String path, Duration limit, int maxBytes) implements Request {

        public ReadFile {
            requirePath(path);
            requireLimit(limit);
            if (maxBytes < 0 || maxBytes >= Output.LIMIT) {
                throw new IllegalArgumentException("not between 0 and " + (Output.LIMIT - 1) + " bytes: " + maxBytes);
            }
        }

        @Override
        public boolean accepts(Answer answer) {
            return answer instanceof Answer.Found || answer instanceof Answer.Absent;
        }
    }

    /**
     * A file's whole content, written to a temporary file beside it, judged, synced, and renamed: at any moment there
     * is either the old file or the new one. Where the path is a link, the file it leads to is written. Mode, owner, ACL
     * and extended attributes of a file that exists are kept unless said otherwise; a new file belongs to the session's
     * user and has mode 0644.
     *
     * @param expected what must be there for the file to be written
     * @param mode permission bits such as 0640
     * @param owner user, or user:group, or :group, as chown(1) takes it
     */
    record WriteFile(
            String path,
            Bytes content,
            Expected expected,
            Optional<Integer> mode,
            Optional<String> owner,
            Optional<Validation> validation,
            Duration limit)
            implements Request {

        private static final Pattern OWNER = Pattern.compile("(?![-:]?$)[^-:\\s][^:\\s]*(:[^:\\s]+)?|:[^:\\s]+");

        public WriteFile {
            requirePath(path);
            requireLimit(limit);
            if (mode.filter(bits -> bits < 0 || bits > 07777).isPresent()) {
                throw new IllegalArgumentException("not permission bits: " + mode.get());
            }
            if (owner.filter(text -> !OWNER.matcher(text).matches()).isPresent()) {
                throw new IllegalArgumentException("not an owner: " + owner.get());
            }
        }

        public WriteFile(String path, Bytes content, Expected expected, Duration limit) {
            this(path, content, expected, Optional.empty(), Optional.empty(), Optional.empty(), limit);
        }

        @Override
        public boolean accepts(Answer answer) {
            return answer instanceof Answer.Written;
        }
    }

    /** What {@link WriteFile} must find: a plan is only carried out on what it was made for. */
    sealed interface Expected {
        /** Whatever there is. */
        record Anything() implements Expected {}

        /** No file. */
        record Nothing() implements Expected {}

        /** A file with this content. */
        record Content(String sha256) implements Expected {
            public Content {
                if (!sha256.matches("[0-9a-f]{64}")) {
                    throw new IllegalArgumentException("not a SHA-256 in hexadecimal: " + sha256);
                }
            }
        }
    }

    /**
     * A command that must accept the new file with status 0 before it takes the old one's place.
     *
     * @param candidate the text that stands, anywhere in the command's words, for the path of the temporary file
     */
    record Validation(Command command, String candidate) {
        public Validation {
            if (command.stages().size() != 1) {
                throw new IllegalArgumentException("a validation is one command, not a pipeline: " + command.shown());
            }
            if (candidate.isEmpty()
                    || command.stages().getFirst().stream().noneMatch(word -> word.contains(candidate))) {
                throw new IllegalArgumentException("no word of the validation names the file: " + command.shown());
            }
            command.stages().getFirst().forEach(Request::requireWord);
        }
    }

    private static void requireWord(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("no program can be given a NUL character");
        }
    }

    private static void requirePath(String path) {
        requireWord(path);
        if (!path.startsWith("/") || path.endsWith("/") && path.length() > 1) {
            throw new IllegalArgumentException("an absolute path without a slash at its end is needed: " + path);
        }
    }

    private static void requireLimit(Duration limit) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("a limit is longer than nothing: " + limit);
        }
    }
}
