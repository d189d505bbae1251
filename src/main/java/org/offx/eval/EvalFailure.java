package org.offx.eval;

import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;

/** How evaluation stops where an expression has no value. It never leaves the room: what leaves is its diagnostic. */
final class EvalFailure extends RuntimeException {

    private final transient Diagnostic diagnostic;
    private final boolean deliberate;

    EvalFailure(Diagnostic diagnostic) {
        this(diagnostic, false);
    }

    private EvalFailure(Diagnostic diagnostic, boolean deliberate) {
        super(diagnostic.message(), null, false, false);
        this.diagnostic = diagnostic;
        this.deliberate = deliberate;
    }

    static EvalFailure at(Span span, String message) {
        return new EvalFailure(Diagnostic.error(Code.EVALUATION, span, message));
    }

    /** A node is meant where none is: only at the prompt, for everywhere else the checker sees to it. */
    static EvalFailure nowhere(Span span) {
        return new EvalFailure(Diagnostic.error(Code.EVALUATION, span, "there is no node here").note("at the prompt, `on NODE` says which is meant"));
    }

    /** The author of the code asked for it, with {@code fail(…)}. */
    static EvalFailure deliberate(Span span, String message) {
        return new EvalFailure(Diagnostic.error(Code.EVALUATION, span, message), true);
    }

    /** Was it asked for? Under a condition that nobody can decide yet, that is no mistake. */
    boolean isDeliberate() {
        return deliberate;
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
