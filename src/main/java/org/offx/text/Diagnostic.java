package org.offx.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Something wrong with what a user wrote, as data: renderers draw it.
 *
 * <p>How to write one. The message says what is wrong in the user's words, in one sentence that starts in lower case and
 * has no full stop; it names the thing ("unknown attribute `quota_size` of zfs.dataset"). The primary label underlines
 * as little as possible and says what was expected there. A note gives the reason of the rule, or the nearest right
 * thing ("did you mean `quota`?"). No jargon of the implementation, no "invalid", no blame.
 */
public record Diagnostic(
        Code code, Severity severity, String message, List<Label> labels, List<String> notes, List<Fix> fixes) {

    public Diagnostic {
        labels = List.copyOf(labels);
        notes = List.copyOf(notes);
        fixes = List.copyOf(fixes);
    }

    /** An error at a place, with no words beside it yet. */
    public static Diagnostic error(Code code, Span at, String message) {
        return new Diagnostic(code, Severity.ERROR, message, List.of(new Label(at, "", true)), List.of(), List.of());
    }

    /** A warning at a place, with no words beside it yet. */
    public static Diagnostic warning(Code code, Span at, String message) {
        return new Diagnostic(code, Severity.WARNING, message, List.of(new Label(at, "", true)), List.of(), List.of());
    }

    /** The same diagnostic, with words beside the primary place. */
    public Diagnostic here(String text) {
        List<Label> changed = labels.stream().map(l -> l.primary() ? new Label(l.span(), text, true) : l).toList();
        return new Diagnostic(code, severity, message, changed, notes, fixes);
    }

    /** The same diagnostic, pointing at a second place too ("already defined here"). */
    public Diagnostic and(Span span, String text) {
        return new Diagnostic(code, severity, message, plus(labels, new Label(span, text, false)), notes, fixes);
    }

    /** The same diagnostic, with a reason or the nearest right thing below the excerpt. */
    public Diagnostic note(String note) {
        return new Diagnostic(code, severity, message, labels, plus(notes, note), fixes);
    }

    /** The same diagnostic, with a replacement that would mend it; several are alternatives. */
    public Diagnostic fix(String description, Span span, String replacement) {
        return new Diagnostic(
                code, severity, message, labels, notes, plus(fixes, new Fix(description, span, replacement)));
    }

    /** What is wrong and why, in one line: for a place that has no room for an excerpt. */
    public String sentence() {
        return notes.isEmpty() ? message : message + ": " + String.join("; ", notes);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** The primary place: where the mistake is. */
    public Span span() {
        return labels.stream().filter(Label::primary).findFirst().orElseThrow().span();
    }

    private static <T> List<T> plus(List<T> list, T more) {
        List<T> result = new ArrayList<>(list);
        result.add(more);
        return result;
    }
}
