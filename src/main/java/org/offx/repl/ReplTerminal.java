package org.offx.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;
import org.offx.plan.ExitStatus;

/**
 * A session in front of somebody: history that outlives it, entries of several lines, completion by Tab. Ctrl-C drops the
 * entry, Ctrl-D ends the session.
 */
public final class ReplTerminal {

    private static final String BANNER = "offx: `help` says what can be typed here, Ctrl-D ends\n";

    private ReplTerminal() {}

    /** @param history where entries are kept from one session to the next */
    public static void run(ReplSession session, Path history) throws IOException {
        boolean kept = canKeep(history);
        try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("offx")
                    .parser(new Entries(session))
                    .completer((line, parsed, candidates) -> complete(session, parsed, candidates))
                    .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P . ")
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .option(LineReader.Option.HISTORY_IGNORE_SPACE, false)
                    .build();
            if (kept) {
                reader.setVariable(LineReader.HISTORY_FILE, history);
            }
            terminal.writer().print(kept ? BANNER : BANNER + "offx: entries are forgotten afterwards: " + history + " cannot be written\n");
            converse(session, reader, terminal);
        }
    }

    /** Whoever cannot write there has a session all the same. For its owner's eyes: an entry may hold anything. */
    private static boolean canKeep(Path history) {
        try {
            Files.createDirectories(history.toAbsolutePath().getParent());
            if (!Files.exists(history)) {
                Files.createFile(history, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            return Files.isWritable(history);
        } catch (IOException impossible) {
            return false;
        }
    }

    private static void converse(ReplSession session, LineReader reader, Terminal terminal) {
        while (true) {
            String entry;
            try {
                reader.setVariable(LineReader.DISABLE_HISTORY, session.asks());
                entry = reader.readLine(session.prompt());
            } catch (UserInterruptException dropped) {
                session.cancel();
                continue;
            } catch (EndOfFileException ended) {
                return;
            }
            Reply reply = patiently(session, entry, terminal);
            terminal.writer().print(reply.err());
            terminal.writer().print(reply.out());
            terminal.flush();
            if (reply.ends()) {
                return;
            }
        }
    }

    /** While nodes are asked, one Ctrl-C by itself does not cost what is staged. An apply has its own way to be interrupted. */
    private static Reply patiently(ReplSession session, String entry, Terminal terminal) {
        AtomicBoolean before = new AtomicBoolean();
        Object handler = Signals.register("INT", () -> {
            if (before.getAndSet(true)) {
                Runtime.getRuntime().halt(ExitStatus.INTERRUPTED.code());
            }
            terminal.writer().println("offx: the nodes are still asked, each question has its limit; Ctrl-C again ends the session");
            terminal.flush();
        });
        try {
            return submit(session, entry);
        } finally {
            Signals.unregister("INT", handler);
        }
    }

    /** A bug of offx ends the entry, not the session: what is staged is worth keeping. */
    private static Reply submit(ReplSession session, String entry) {
        try {
            return session.submit(entry);
        } catch (RuntimeException bug) {
            StringBuilder trace = new StringBuilder("this is a bug of offx, not of yours; please report it with the entry and this:\n" + bug);
            for (StackTraceElement frame : bug.getStackTrace()) {
                trace.append("\n        at ").append(frame);
            }
            return Reply.problem(trace.toString());
        }
    }

    private static void complete(ReplSession session, ParsedLine parsed, List<Candidate> candidates) {
        for (Completion.Candidate one : session.complete(parsed.line().substring(0, parsed.cursor()))) {
            candidates.add(new Candidate(
                    one.text() + given(one, parsed), one.text(), null, one.about().isEmpty() ? null : one.about(), null, null, false));
        }
    }

    /** Behind the name of an attribute stands its value. */
    private static String given(Completion.Candidate one, ParsedLine parsed) {
        return one.attribute() && parsed.line().substring(parsed.cursor()).isBlank() ? " = " : "";
    }

    /** Where entries end, by the grammar of the language. */
    private record Entries(ReplSession session) implements Parser {

        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            if (context == ParseContext.ACCEPT_LINE && session.incomplete(line)) {
                throw new EOFError(-1, -1, "the entry goes on");
            }
            int start = Completion.wordStart(line.substring(0, cursor));
            return new Word(line, cursor, line.substring(start, cursor));
        }
    }

    /** The unfinished word at the cursor is all that JLine needs to know of an entry. */
    private record Word(String line, int cursor, String word) implements CompletingParsedLine {

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return word.length();
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }

        @Override
        public int wordCursor() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }
    }
}
