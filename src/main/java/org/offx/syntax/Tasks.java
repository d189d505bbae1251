package org.offx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.offx.syntax.antlr.OffxParser.*;
import org.offx.text.Span;
import org.offx.tree.Entry;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.tree.Path;
import org.offx.tree.PlayItem;
import org.offx.tree.TaskItem;

/** Builds what stands in plays: settings, gates, tasks and their bodies. */
final class Tasks {

    private final Building building;
    private final Expressions expressions;

    Tasks(Building building, Expressions expressions) {
        this.building = building;
        this.expressions = expressions;
    }

    PlayItem playItem(PlayItemContext context) {
        Span span = building.span(context);
        return switch (context) {
            case SettingItemContext c -> new PlayItem.Setting(span, building.name(c.word()), expressions.of(c.expr(), c));
            case RequireItemContext c -> new PlayItem.Require(
                    span,
                    expressions.primaries().string(c.string()),
                    expressions.condition(c.valueBlock(), c),
                    c.WAIT() == null ? Optional.empty() : Optional.of(expressions.of(c.expr(), c)));
            case CheckItemContext c -> new PlayItem.Check(span, expressions.condition(c.valueBlock(), c));
            case TogetherItemContext c -> new PlayItem.GuardedTogether(
                    span, expressions.of(c.expr(), c), expressions.condition(c.valueBlock(), c));
            case PlayTaskContext c when c.exception != null && isWord(c.taskItem()) -> throw new Building.Incomplete();
            case PlayTaskContext c -> item(building.need(c.taskItem()));
            default -> throw new Building.Incomplete();
        };
    }

    List<TaskItem> block(@Nullable TasksContext context) {
        return context == null ? List.of() : building.each(context.taskItem(), this::item);
    }

    TaskItem item(TaskItemContext context) {
        Span span = building.span(context);
        return switch (context) {
            case LetItemContext c -> new TaskItem.LetItem(span, expressions.let(c.let()));
            case ForItemContext c -> new TaskItem.ForItem(
                    span, building.name(c.word()), expressions.of(c.expr(), c), block(c.tasks()));
            case IfItemContext c -> conditional(building.need(c.ifTasks()));
            case GuardedItemContext c -> new TaskItem.GuardedItem(
                    span,
                    expressions.of(c.expr(), c),
                    block(c.tasks()),
                    c.CONFIRM() == null ? Optional.empty() : Optional.of(expressions.condition(c.valueBlock(), c)));
            case TaskUseContext c when c.exception != null && isWord(c) -> throw new Building.Incomplete();
            case TaskUseContext c -> task(span, c);
            default -> throw new Building.Incomplete();
        };
    }

    /** Nothing but a name: whether it was to be a task nobody knows where what follows is wrong. */
    private static boolean isWord(@Nullable TaskItemContext item) {
        return item instanceof TaskUseContext task && task.key() == null && task.LPAREN() == null && task.body() == null;
    }

    private TaskItem conditional(IfTasksContext context) {
        boolean chained = context.ifTasks() != null;
        return new TaskItem.IfItem(
                building.span(context),
                expressions.of(context.expr(), context),
                block(context.tasks(0)),
                chained ? List.of(conditional(context.ifTasks())) : block(context.tasks(1)));
    }

    private TaskItem task(Span span, TaskUseContext c) {
        return new TaskItem.Task(
                span,
                modifier(c),
                path(c.taskPath()),
                building.whole(c.key(), k -> key(k, c)),
                c.LPAREN() == null ? Optional.empty() : Optional.of(expressions.primaries().arguments(c.args())),
                c.body() == null ? List.of() : building.each(c.body().bodyItem(), this::bodyItem));
    }

    private static Optional<TaskItem.Modifier> modifier(TaskUseContext c) {
        return c.ABSENT() != null
                ? Optional.of(TaskItem.Modifier.ABSENT)
                : c.WATCH() != null
                        ? Optional.of(TaskItem.Modifier.WATCH)
                        : c.NOW() != null ? Optional.of(TaskItem.Modifier.NOW) : Optional.empty();
    }

    private Path path(@Nullable TaskPathContext context) {
        TaskPathContext path = building.need(context);
        List<Name> names = new ArrayList<>();
        names.add(building.name(path.taskWord()));
        path.word().forEach(word -> names.add(building.name(word)));
        return new Path(building.span(path), List.copyOf(names));
    }

    private Expr key(@Nullable KeyContext context, ParserRuleContext owner) {
        return switch (context) {
            case null -> new Expr.Missing(building.after(owner));
            case LiteralKeyContext c -> expressions.primaries().literal(c.literal());
            case StringKeyContext c -> expressions.primaries().string(c.string());
            case PathKeyContext c -> expressions.path(c.path());
            default -> throw new Building.Incomplete();
        };
    }

    private TaskItem.BodyItem bodyItem(BodyItemContext context) {
        Span span = building.span(context);
        return switch (context) {
            case AttributeContext c -> attribute(span, c);
            case ShorthandContext c when c.exception != null -> throw new Building.Incomplete();
            case NestedContext c when c.exception != null -> throw new Building.Incomplete();
            case ShorthandContext c -> new TaskItem.Shorthand(span, building.name(c.word()));
            case SpreadItemContext c -> new TaskItem.SpreadBody(span, expressions.of(c.expr(), c));
            case NestedContext c -> {
                List<Entry> entries = c.record() == null ? List.of() : expressions.primaries().entries(c.record());
                yield new TaskItem.NestedEntry(span, building.name(c.blockWord()), key(c.key(), c), entries);
            }
            case OnChangeContext c -> new TaskItem.OnChange(span, block(c.tasks()));
            case NeedsItemContext c -> new TaskItem.Needs(span, expressions.primaries().list(building.need(c.list())));
            case MovedItemContext c -> new TaskItem.MovedFrom(
                    span, expressions.primaries().string(c.string()), c.IF_THERE() != null);
            default -> throw new Building.Incomplete();
        };
    }

    private TaskItem.BodyItem attribute(Span span, AttributeContext c) {
        Name name = building.name(c.label());
        Expr value = expressions.of(c.expr(), c);
        boolean only = c.ONLY() != null;
        return switch (name.text()) {
            case String plain when only -> new TaskItem.Attribute(span, true, name, value);
            case "tags" -> new TaskItem.Tags(span, value);
            case "timeout" -> new TaskItem.Timeout(span, value);
            default -> new TaskItem.Attribute(span, false, name, value);
        };
    }
}
