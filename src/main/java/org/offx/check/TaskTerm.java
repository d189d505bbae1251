package org.offx.check;

import java.util.List;
import java.util.Optional;
import org.offx.text.Span;
import org.offx.tree.TaskItem.Modifier;

/** A checked task, or a block around tasks. */
public sealed interface TaskTerm {

    Span span();

    record Let(Span span, Term.Let let) implements TaskTerm {}

    record For(Span span, String variable, Term in, List<TaskTerm> tasks) implements TaskTerm {}

    record If(Span span, Term condition, List<TaskTerm> then, List<TaskTerm> otherwise) implements TaskTerm {}

    /** The confirmation is a probing condition. */
    record Guarded(Span span, Term within, List<TaskTerm> tasks, Optional<Term> confirm) implements TaskTerm {}

    /** Arguments in the order of the parameters, defaults filled in. */
    record RoleCall(Span span, String role, List<Term> arguments) implements TaskTerm {}

    record ActionCall(Span span, String action, List<Term> arguments, boolean now) implements TaskTerm {}

    /**
     * A task.
     *
     * @param key as many terms as the resource's key has parameters
     * @param spreads records whose fields that the schema knows become attributes
     * @param attributes later than spreads; blocks ({@code net "eth0" { … }}) are already entries of their map
     */
    record Task(
            Span span,
            Optional<Modifier> modifier,
            String resource,
            List<Term> key,
            List<Term> spreads,
            List<Assignment> attributes,
            List<TaskTerm> onChange,
            Optional<Term> tags,
            Optional<Term> timeout,
            List<Term> needs,
            Optional<Moved> moved)
            implements TaskTerm {}

    /** @param only entries of the map that are not declared go */
    record Assignment(Span span, String attribute, Term value, boolean only) {}

    record Moved(Term from, boolean ifThere) {}
}
