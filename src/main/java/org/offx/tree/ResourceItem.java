package org.offx.tree;

import java.util.List;
import java.util.Optional;
import org.offx.text.Span;

/** What stands in a resource or an action. */
public sealed interface ResourceItem extends Node {

    /** An attribute of the schema, with its traits. */
    record SchemaAttribute(
            Span span, String doc, Name name, TypeExpr type, Optional<Expr> defaultValue, List<Trait> traits)
            implements ResourceItem {}

    /** {@code needs [zfs.pool(name.pool()), …]}: what must be in place first, in every task of this resource. */
    record NeedsMember(Span span, Expr references) implements ResourceItem {}

    /** {@code let settings = […]}: a value that several of the resource's blocks use; it sees what they see. */
    record LetMember(Span span, Decl.Let let) implements ResourceItem {}

    record Observe(Span span, Expr body) implements ResourceItem {}

    record Listing(Span span, Expr body) implements ResourceItem {}

    record Review(Span span, List<ReviewItem> items) implements ResourceItem {}

    /** {@code create { … }}, {@code update guarded { … } undo { … }}. */
    record Operate(
            Span span, Operation operation, boolean destructive, boolean guarded, List<StepItem> steps, List<StepItem> undo)
            implements ResourceItem {}

    enum Operation {
        CREATE,
        UPDATE,
        RENAME,
        DELETE,
        REPLACE,
        PERFORM
    }

    sealed interface Trait extends Node {}

    /** Two truths that must both hold: now, and after a reboot. */
    record LiveAndKept(Span span) implements Trait {}

    /** {@code required}: every task that is not {@code absent} must give it. */
    record Required(Span span) implements Trait {}

    /** Observed and shown, never set. */
    record ReadOnly(Span span) implements Trait {}

    /** Steers steps, never compared. */
    record OptionTrait(Span span) implements Trait {}

    /** A mismatch is blocked; the text says what to do instead. */
    record Fixed(Span span, Expr instead) implements Trait {}

    /** Given once, when the thing is created; not compared afterwards. */
    record AtCreate(Span span) implements Trait {}

    /** {@code same by f(it)}: both sides are compared after {@code f}. */
    record SameBy(Span span, Expr canonical) implements Trait {}

    /** {@code as net}: entries of this map may be written as {@code net "eth0" { … }}. */
    record AsBlock(Span span, Name block) implements Trait {}

    sealed interface ReviewItem extends Node {}

    record ReviewLet(Span span, Decl.Let let) implements ReviewItem {}

    /** {@code when changes.quota refuse "why" if …}. */
    record When(Span span, Expr trigger, Verdict verdict, Expr text, Optional<Expr> condition) implements ReviewItem {}

    /** {@code when delete show "destroys" = …}. */
    record Show(Span span, Expr trigger, Expr title, Expr value) implements ReviewItem {}

    enum Verdict {
        REFUSE,
        CONSENT,
        NOTE
    }
}
