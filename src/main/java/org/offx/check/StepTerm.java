package org.offx.check;

import java.util.List;
import java.util.Optional;
import org.offx.text.Span;

/** A checked step of an operation. Steps are pure: they say what is to be run. */
public sealed interface StepTerm {

    Span span();

    record Let(Span span, Term.Let let) implements StepTerm {}

    record Run(Span span, Term command, Optional<Term> input, Optional<Term> timeout, List<Integer> accepted) implements StepTerm {}

    record Settle(Span span, Term command) implements StepTerm {}

    /** The result sees the file's text as the local {@code variable} (empty where there is no file); {@code validate} sees the temporary path as {@code it}. */
    record Edit(
            Span span,
            Term path,
            String variable,
            Term result,
            Optional<Term> mode,
            Optional<Term> owner,
            Optional<Term> group,
            Optional<Term> validate)
            implements StepTerm {}

    record Wait(Span span, Term command, Term within) implements StepTerm {}

    record OnNode(Span span, Term node, List<StepTerm> steps) implements StepTerm {}

    record For(Span span, String variable, Term in, List<StepTerm> steps) implements StepTerm {}

    record If(Span span, Term condition, List<StepTerm> then, List<StepTerm> otherwise) implements StepTerm {}
}
