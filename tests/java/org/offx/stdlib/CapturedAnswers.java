package org.offx.stdlib;

import java.util.List;
import org.offx.eval.Reading;
import org.offx.observe.RecordedState;
import org.offx.observe.Survey;

/** The answers of the node {@code n} in a recorded state, as the text that {@link RecordedAnswers} reads. */
public final class CapturedAnswers {

    private CapturedAnswers() {}

    /** What the node runs, and then all that it answered, in the order of the questions. */
    public static String text(RecordedState state, List<String> versions) {
        var text = new StringBuilder("# ").append(String.join(", ", versions)).append('\n');
        state.nodes().get("n").forEach((question, reading) -> {
            if (!ofTheEngine(question)) {
                append(text, question, reading);
            }
        });
        return text.toString();
    }

    /** What is asked of every node, whatever is played: {@link RecordedAnswers} knows the answers. */
    private static boolean ofTheEngine(String question) {
        return question.equals(Survey.OWED) || question.contains(Survey.GUARDS_LAST);
    }

    private static void append(StringBuilder text, String question, Reading reading) {
        switch (reading) {
            case Reading.Output(String out, String err, int status) -> {
                text.append(question).append('\n');
                lines(text, "> ", out);
                lines(text, "! ", err);
                text.append(status == 0 ? "" : "= " + status + "\n");
            }
            case Reading.NotInstalled(String program) -> text.append(question).append("\n? not installed\n");
            case Reading.NoFile() -> text.append("none ").append(question).append('\n');
            case Reading.File file when file.kind().equals("link") ->
                text.append("link ").append(question).append(" -> ").append(file.target()).append('\n');
            case Reading.File file -> {
                text.append("%s %s %04o %s:%s\n".formatted(file.kind(), question, file.mode(), file.owner(), file.group()));
                lines(text, "| ", file.text());
            }
            case Reading.TimedOut _, Reading.Unavailable _ ->
                throw new IllegalArgumentException("no answer that can be kept: " + question + ": " + reading);
        }
    }

    private static void lines(StringBuilder text, String mark, String content) {
        content.lines().forEach(line -> text.append(line.isEmpty() ? mark.strip() : mark + line).append('\n'));
    }
}
