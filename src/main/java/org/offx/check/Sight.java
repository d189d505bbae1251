package org.offx.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.offx.check.Scope.Effect;
import org.offx.text.Diagnostic;
import org.offx.tree.Expr;
import org.offx.tree.Node;
import org.offx.tree.TaskItem;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/**
 * The names that the root files of a program see: what a prompt or an editor needs to check one expression or task more.
 * The checker behind it works for one thread at a time.
 */
public final class Sight {

    private final Checker checker;
    private final Unit unit;

    Sight(Checker checker, Unit unit) {
        this.checker = checker;
        this.unit = unit;
    }

    /** A checked expression, which may be wrong: then it fits everywhere, and cannot be evaluated. */
    public record CheckedTerm(Term term, List<Diagnostic> diagnostics) {}

    public record CheckedTasks(List<TaskTerm> tasks, List<Diagnostic> diagnostics) {}

    /**
     * An expression that may probe, and sees {@code node}.
     *
     * @param locals names defined at the prompt, with their types
     */
    public CheckedTerm expression(Expr expr, Map<String, Type> locals) {
        synchronized (checker) {
            int before = checker.problems.count();
            Term term = checker.exprs.infer(expr, scope(locals, expr).effect(Effect.PROBES));
            return new CheckedTerm(term, checker.problems.after(before));
        }
    }

    /** Tasks as they would stand in a play. */
    public CheckedTasks tasks(List<TaskItem> items, Map<String, Type> locals) {
        synchronized (checker) {
            int before = checker.problems.count();
            List<TaskTerm> tasks =
                    items.isEmpty() ? List.of() : checker.tasks.tasks(items, scope(locals, items.getFirst()).effect(Effect.FACTS));
            return new CheckedTasks(tasks, checker.problems.after(before));
        }
    }

    private Scope scope(Map<String, Type> locals, Node at) {
        Scope scope = Scope.of(unit, Optional.empty()).at(Scope.NodeView.ANY);
        for (Map.Entry<String, Type> local : locals.entrySet()) {
            scope = scope.with(local.getKey(), local.getValue(), at.span());
        }
        return scope;
    }

    /** Every name that an expression may start with, modules included; sorted. */
    public Set<String> values() {
        Set<String> names = names(Names.Space.VALUE);
        names.addAll(checker.signatures.functionNames());
        names.addAll(unit.aliases().keySet());
        return names;
    }

    /** Every resource, action and role, as it is written here; sorted. */
    public Set<String> heads() {
        return names(Names.Space.HEAD);
    }

    private Set<String> names(Names.Space space) {
        Set<String> names = new TreeSet<>(unit.visible().in(space).keySet());
        checker.modules.prelude().ifPresent(p -> names.addAll(p.visible().in(space).keySet()));
        unit.aliases().forEach((alias, target) -> target.visible().in(space).keySet().forEach(n -> names.add(alias + "." + n)));
        return names;
    }

    /** A type as messages write it. */
    public String name(Type type) {
        return TypeNames.of(type);
    }

    /** What may stand behind the dot after a value of that type: fields and methods; sorted. */
    public Set<String> members(Type type) {
        Type core = Types.core(type);
        Set<String> names = new TreeSet<>();
        switch (core) {
            case Type.Record(var fields) -> names.addAll(fields.keySet());
            case Type.Struct(String struct) -> names.addAll(checker.shapes.fieldTypes(struct).keySet());
            case Type.Node(String kind) -> {
                names.addAll(NodeAttributes.COMMON.keySet());
                if (kind.isEmpty()) {
                    checker.nodes.everyShape().forEach(shape -> names.addAll(shape.keySet()));
                } else {
                    names.addAll(checker.shapes.fieldTypes(kind).keySet());
                }
            }
            default -> {}
        }
        if (core != Basic.ERROR) {
            checker.signatures.methodNames().stream()
                    .filter(m -> checker.signatures.methods(m).stream().anyMatch(s -> checker.methods.receives(s, core)))
                    .forEach(names::add);
        }
        return names;
    }
}
