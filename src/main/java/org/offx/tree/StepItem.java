package org.offx.tree;

import java.util.List;
import java.util.Optional;
import org.offx.text.Span;

/** What stands where steps stand. */
public sealed interface StepItem extends Node {

    record LetStep(Span span, Decl.Let let) implements StepItem {}

    /** {@code run `zfs set …` input x timeout 2h or exit [1]}. */
    record Run(Span span, Expr command, Optional<Expr> input, Optional<Expr> timeout, List<Expr> accepted) implements StepItem {}

    /** A command that is run once for all tasks of a batch that ask for it, after the batch's edits. */
    record Settle(Span span, Expr command) implements StepItem {}

    /** {@code edit "/etc/exports" { text => … } mode 0644 owner "root" group "root" validate `visudo -cf ${it}`}. */
    record Edit(
            Span span,
            Expr path,
            Name variable,
            Expr result,
            Optional<Expr> mode,
            Optional<Expr> owner,
            Optional<Expr> group,
            Optional<Expr> validate)
            implements StepItem {}

    /** {@code wait until `systemctl is-active x` within 60s}: the command is repeated on the node until it succeeds. */
    record Wait(Span span, Expr command, Expr within) implements StepItem {}

    /** {@code on observed.host { … }}: steps on another node. */
    record OnNode(Span span, Expr node, List<StepItem> steps) implements StepItem {}

    record ForStep(Span span, Name variable, Expr in, List<StepItem> steps) implements StepItem {}

    record IfStep(Span span, Expr condition, List<StepItem> then, List<StepItem> otherwise) implements StepItem {}
}
