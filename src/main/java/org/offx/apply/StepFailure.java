package org.offx.apply;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.offx.apply.StepBatch.Sent;
import org.offx.plan.Report.Outcome;
import org.offx.remote.Answer;
import org.offx.remote.Output;
import org.offx.remote.Request;

/** What to tell a person of a step that failed: what it was, why, and what the command said. */
final class StepFailure {

    /** What a command says first names the cause; what follows is most often its consequences. */
    private static final int LINES = 20;

    private static final int SIGNALS = 128;

    /** Linux has no more; a greater status is a command's own, as the 255 of ssh. */
    private static final int LAST_SIGNAL = 64;

    private StepFailure() {}

    static Outcome.Failed of(Sent sent, Answer answer) {
        return switch (answer) {
            case Answer.Done done -> failed(sent, ended(sent.request(), done), said(done.stdout(), done.stderr()));
            case Answer.TimedOut(var limit, boolean abandoned, Output out, Output err) -> failed(
                    sent,
                    "it was stopped after " + limit.toSeconds() + " s" + (abandoned ? ", and is still there: not even SIGKILL ended it" : ""),
                    said(out, err));
            case Answer.CommandNotFound(String program) ->
                failed(sent, "there is no program `" + program + "` on the node", List.of());
            case Answer.NotStarted no ->
                failed(sent, "nothing can be started: the session's directory on the node is full or gone", List.of());
            case Answer.Conflict conflict -> failed(
                    sent,
                    "the file was changed by somebody else meanwhile, and is left as it is; the next apply starts from what is there now",
                    List.of());
            case Answer.Rejected(int status, Output out, Output err) -> failed(
                    sent, "the new content was rejected with status " + status + "; the file is as it was", said(out, err));
            case Answer.WriteFailed(Answer.Cause cause, String message) ->
                failed(sent, sentence(cause, directory(sent.request())), message.lines().limit(LINES).toList());
            case Answer.NotRun no -> throw noFailure(answer);
            case Answer.Lost lost -> throw noFailure(answer);
            case Answer.Absent absent -> throw noFailure(answer);
            case Answer.Found found -> throw noFailure(answer);
            case Answer.Unreadable unreadable -> throw noFailure(answer);
            case Answer.Written written -> throw noFailure(answer);
        };
    }

    private static IllegalStateException noFailure(Answer answer) {
        return new IllegalStateException("no failure of a step: " + answer);
    }

    private static Outcome.Failed failed(Sent sent, String reason, List<String> output) {
        return new Outcome.Failed(reason, Optional.of(sent.shown()), output);
    }

    private static String ended(Request request, Answer.Done done) {
        if (request instanceof Request.Script) {
            return done.status() == NodeLock.HELD
                    ? "somebody else has taken the lock of the node meanwhile: " + Holder.read("", done.stdout().text()).who()
                    : "it did not come about";
        }
        int status = done.statuses().stream().filter(s -> s != 0 && s != SIGNALS + 13).findFirst().orElse(done.status());
        return status > SIGNALS && status <= SIGNALS + LAST_SIGNAL
                ? "it was ended by signal " + (status - SIGNALS)
                : "it ended with status " + status;
    }

    private static List<String> said(Output out, Output err) {
        return Stream.of(err, out)
                .map(output -> output.text().lines().filter(line -> !line.isBlank()).limit(LINES).toList())
                .filter(lines -> !lines.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static String directory(Request request) {
        return request instanceof Request.WriteFile file
                ? file.path().substring(0, Math.max(1, file.path().lastIndexOf('/')))
                : "its directory";
    }

    private static String sentence(Answer.Cause cause, String directory) {
        return switch (cause) {
            case NO_DIRECTORY -> "there is no " + directory + ": declare it with `directory`, or install the package that brings it";
            case NOT_A_FILE -> "what is there is no regular file";
            case UNREADABLE -> "what is there cannot be read";
            case CANNOT_CREATE -> "no file can be made in " + directory;
            case ATTRIBUTES -> "owner or mode cannot be given to it; the file is as it was";
            case NO_SPACE -> "the disk is full: no room in " + directory + ", and nothing was written";
            case CANNOT_REPLACE -> "it cannot take the old file's place; the file is as it was";
        };
    }
}
