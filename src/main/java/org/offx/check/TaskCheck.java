package org.offx.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.offx.check.Scope.Effect;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Expr.Arg;
import org.offx.tree.Expr;
import org.offx.tree.TaskItem;
import org.offx.tree.TaskItem.Modifier;
import org.offx.type.Type.Basic;

/** Tasks and what stands around them. Refuses OFX0205 where a head is nothing that can be used as a task. */
final class TaskCheck {

    private final Checker checker;

    TaskCheck(Checker checker) {
        this.checker = checker;
    }

    List<TaskTerm> tasks(List<? extends TaskItem> items, Scope outer) {
        List<TaskTerm> tasks = new ArrayList<>();
        Scope scope = outer;
        for (TaskItem item : items) {
            if (item instanceof TaskItem.LetItem let) {
                scope = let(let, scope, tasks);
            } else {
                item(item, scope, false).ifPresent(tasks::add);
            }
        }
        return tasks;
    }

    /** Adds the definition; the scope behind it. */
    Scope let(TaskItem.LetItem item, Scope scope, List<TaskTerm> tasks) {
        List<Term.Let> lets = new ArrayList<>();
        Scope after = checker.exprs.let(item.let(), scope, lets);
        tasks.add(new TaskTerm.Let(item.span(), lets.getFirst()));
        return after;
    }

    /** What {@code on change} holds: actions, and conditions and loops around them. */
    List<TaskTerm> actions(List<TaskItem> items, Scope outer) {
        List<TaskTerm> actions = new ArrayList<>();
        Scope scope = outer;
        for (TaskItem item : items) {
            if (item instanceof TaskItem.LetItem let) {
                scope = let(let, scope, actions);
            } else {
                item(item, scope, true).ifPresent(actions::add);
            }
        }
        return actions;
    }

    private List<TaskTerm> nested(List<TaskItem> items, Scope scope, boolean actions) {
        return actions ? actions(items, scope) : tasks(items, scope);
    }

    /** One item that is no definition; empty where it was reported. */
    Optional<TaskTerm> item(TaskItem item, Scope scope, boolean actions) {
        return switch (item) {
            case TaskItem.LetItem let -> throw new IllegalStateException("a let is no task");
            case TaskItem.ForItem loop -> {
                ListCheck.Loop inside = checker.lists.loop(loop.variable(), loop.in(), scope);
                yield Optional.of(new TaskTerm.For(
                        loop.span(), loop.variable().text(), inside.in(), nested(loop.tasks(), inside.inside(), actions)));
            }
            case TaskItem.IfItem choice -> {
                Term condition = checker.exprs.condition(choice.condition(), scope);
                Scope then = checker.narrowing.where(condition, true, scope);
                Scope otherwise = checker.narrowing.where(condition, false, scope);
                yield Optional.of(new TaskTerm.If(
                        choice.span(),
                        condition,
                        nested(choice.then(), then, actions),
                        nested(choice.otherwise(), otherwise, actions)));
            }
            case TaskItem.GuardedItem guarded -> {
                Term within = checker.exprs.check(guarded.within(), Basic.DURATION, scope);
                List<TaskTerm> tasks = nested(guarded.tasks(), scope, actions);
                Optional<Term> confirm =
                        guarded.confirm().map(c -> checker.exprs.condition(c, scope.effect(Effect.PROBES)));
                yield Optional.of(new TaskTerm.Guarded(guarded.span(), within, tasks, confirm));
            }
            case TaskItem.Task task -> task(task, scope, actions);
        };
    }

    private Optional<TaskTerm> task(TaskItem.Task task, Scope scope, boolean actions) {
        Optional<Symbol> head = checker.lookup.path(scope.unit(), Names.Space.HEAD, task.resource());
        if (head.isEmpty()) {
            checker.explain.unknownHead(task.resource(), scope.unit());
            return Optional.empty();
        }
        return switch (head.get().decl()) {
            case Decl.RoleDecl ignored -> role(task, head.get(), scope, actions);
            case Decl.ActionDecl ignored -> action(task, head.get(), scope);
            default -> {
                if (actions) {
                    checker.problems.add(Diagnostic.error(
                                    Code.EFFECT_MISPLACED,
                                    task.resource().span(),
                                    "`" + task.resource().text() + "` is a resource, and `on change` holds actions")
                            .note("a task that is always wanted stands beside this one; an action is something that is done, as a reload"));
                    yield Optional.empty();
                }
                yield Optional.of(checker.taskBodies.task(task, head.get(), scope));
            }
        };
    }

    private Optional<TaskTerm> role(TaskItem.Task task, Symbol role, Scope scope, boolean actions) {
        if (actions) {
            checker.problems.error(
                    Code.EFFECT_MISPLACED,
                    task.resource().span(),
                    "`" + task.resource().text() + "` is a role, and `on change` holds actions");
            return Optional.empty();
        }
        plain(task, "a role");
        checker.cycles.edge(scope.owner(), role);
        return checker.arguments
                .declared(
                        task.span(), "`" + task.resource().text() + "`", checker.shapes.slots(role), role, arguments(task), scope)
                .map(terms -> new TaskTerm.RoleCall(task.span(), role.name(), terms));
    }

    private Optional<TaskTerm> action(TaskItem.Task task, Symbol action, Scope scope) {
        boolean now = task.modifier().filter(Modifier.NOW::equals).isPresent();
        if (!now) {
            plain(task, "an action");
        }
        return checker.arguments
                .declared(
                        task.span(), "`" + task.resource().text() + "`", checker.shapes.slots(action), action, arguments(task), scope)
                .map(terms -> new TaskTerm.ActionCall(task.span(), action.name(), terms, now));
    }

    /** A key stands for the first argument. */
    static List<Arg> arguments(TaskItem.Task task) {
        if (task.key().isPresent()) {
            Expr key = task.key().get();
            return List.of(new Arg(key.span(), Optional.empty(), key));
        }
        return task.arguments().orElse(List.of());
    }

    /** Only tasks of resources have a modifier and a block. */
    private void plain(TaskItem.Task task, String what) {
        if (!task.body().isEmpty()) {
            Span first = task.body().getFirst().span();
            checker.problems.add(Diagnostic.error(
                            Code.BAD_CALL, first, "`" + task.resource().text() + "` is " + what + ", and only tasks of resources have a block")
                    .note("give it arguments: " + task.resource().text() + "(…)"));
        }
        if (task.modifier().isPresent()) {
            String word = task.modifier().get().name().toLowerCase(Locale.ROOT);
            checker.problems.error(
                    Code.BAD_CALL,
                    task.resource().span(),
                    "`" + word + "` does not go with `" + task.resource().text() + "`, which is " + what);
        }
    }
}
