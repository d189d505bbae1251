package org.offx.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/**
 * A session in front of somebody: history that outlives it, entries of several lines, completion by Tab. Ctrl-C drops the
 * entry, Ctrl-D ends the session.
 */
public final class ReplTerminal {

    private static final String BANNER = "offx: `help` says what can be typed here, Ctrl-D ends\n";

    private ReplTerminal() {}

    /** @param history where entries are kept from one session to the next */
    public static void run(ReplSession session, Path history) throws IOException {
        Files.createDirectories(history.toAbsolutePath().getParent());
        try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("offx")
                    .parser(new Entries(session))
                    .completer((line, parsed, candidates) -> complete(session, parsed, candidates))
                    .variable(LineReader.HISTORY_FILE, history)
                    .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P . ")
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .option(LineReader.Option.HISTORY_IGNORE_SPACE, false)
                    .build();
            terminal.writer().print(BANNER);
            converse(session, reader, terminal);
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
            Reply reply = submit(session, entry);
            terminal.writer().print(reply.err());
            terminal.writer().print(reply.out());
            terminal.flush();
            if (reply.ends()) {
                return;
            }
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
                    one.text(), one.text(), null, one.about().isEmpty() ? null : one.about(), null, null, false));
        }
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
