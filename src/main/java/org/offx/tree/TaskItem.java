package org.offx.tree;

import java.util.List;
import java.util.Optional;
import org.offx.text.Span;

/** What stands where tasks stand: in plays, roles, and the blocks around tasks. */
public sealed interface TaskItem extends PlayItem {

    record LetItem(Span span, Decl.Let let) implements TaskItem {}

    record ForItem(Span span, Name variable, Expr in, List<TaskItem> tasks) implements TaskItem {}

    record IfItem(Span span, Expr condition, List<TaskItem> then, List<TaskItem> otherwise) implements TaskItem {}

    /** {@code guarded 120s { … } confirm { … }}: undone by the node unless the confirmation holds in time. */
    record GuardedItem(Span span, Expr within, List<TaskItem> tasks, Optional<Expr> confirm) implements TaskItem {}

    /**
     * {@code zfs.dataset "rpool/backups" { … }}, a role or an action called {@code backups(…)}, {@code nfs.reload}.
     *
     * @param key what stands between the path and the block; empty for actions and singletons
     * @param arguments empty where no parentheses were written
     */
    record Task(
            Span span,
            Optional<Modifier> modifier,
            Path resource,
            Optional<Expr> key,
            Optional<List<Expr.Arg>> arguments,
            List<BodyItem> body)
            implements TaskItem {}

    enum Modifier {
        ABSENT,
        WATCH,
        NOW
    }

    /** What stands in the block of a task. */
    sealed interface BodyItem extends Node {}

    /** {@code quota = 20TiB}, {@code only nets = { … }}. */
    record Attribute(Span span, boolean only, Name name, Expr value) implements BodyItem {}

    /** {@code mtu}, short for {@code mtu = mtu}. */
    record Shorthand(Span span, Name name) implements BodyItem {}

    /** {@code ...ct.spec}. */
    record SpreadBody(Span span, Expr value) implements BodyItem {}

    /** {@code net "eth0" { … }}: an entry of the map attribute whose schema has this sugar. */
    record NestedEntry(Span span, Name name, Expr key, List<Entry> entries) implements BodyItem {}

    record OnChange(Span span, List<TaskItem> actions) implements BodyItem {}

    record Tags(Span span, Expr tags) implements BodyItem {}

    record Timeout(Span span, Expr limit) implements BodyItem {}

    record Needs(Span span, Expr references) implements BodyItem {}

    record MovedFrom(Span span, Expr name, boolean ifThere) implements BodyItem {}
}
