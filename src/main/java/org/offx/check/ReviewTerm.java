package org.offx.check;

import java.util.Optional;
import org.offx.text.Span;
import org.offx.tree.ResourceItem.Verdict;

/** A checked line of a review. The trigger is a condition on the locals {@code changes}, {@code create}, {@code update}, {@code delete}. */
public sealed interface ReviewTerm {

    record Let(Term.Let let) implements ReviewTerm {}

    record When(Span span, Term trigger, Verdict verdict, Term text, Optional<Term> condition) implements ReviewTerm {}

    record Show(Span span, Term trigger, Term title, Term value) implements ReviewTerm {}
}
