package org.offx.eval;

import java.util.List;
import java.util.Optional;
import org.offx.check.Definition.NodeDef;
import org.offx.check.Definition.RuleDef;
import org.offx.check.Term;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.value.Value;

/**
 * {@code must} and {@code should}, asked of every node and of every task that wants something to be there. What a node
 * alone could decide is not decided here.
 */
final class Rules {

    private final World world;
    private final Findings findings;

    private Rules(World world, Findings findings) {
        this.world = world;
        this.findings = findings;
    }

    static void ask(World world, Catalog catalog, Findings findings) {
        Rules rules = new Rules(world, findings);
        List<Task> tasks = catalog.tasks().filter(task -> task.mode() != Task.Mode.ABSENT).toList();
        for (RuleDef rule : world.program().rules()) {
            if (rule.resource().isEmpty()) {
                world.program().nodes().values().forEach(node -> rules.node(rule, node));
            } else {
                tasks.stream()
                        .filter(task -> task.resource().name().equals(rule.resource().get()))
                        .forEach(task -> rules.task(rule, task));
            }
        }
    }

    private void node(RuleDef rule, NodeDef node) {
        Scope scope = Scope.of(world, node.name()).with(rule.variable(), new Value.NodeName(node.name()));
        ask(rule, scope, node.span(), "node " + node.name());
    }

    private void task(RuleDef rule, Task task) {
        Scope scope = Scope.of(world, task.node()).with(rule.variable(), ResourceScopes.asRecord(task));
        ask(rule, scope, task.span(), task.name());
    }

    private void ask(RuleDef rule, Scope scope, Span at, String who) {
        boolean concerned = rule.when().map(when -> holds(when, scope)).orElse(Optional.of(true)).orElse(false);
        if (concerned && holds(rule.condition(), scope).equals(Optional.of(false))) {
            String message = who + " breaks the rule \"" + rule.name() + "\"";
            Diagnostic broken = rule.must()
                    ? Diagnostic.error(Code.RULE_BROKEN, at, message)
                    : Diagnostic.warning(Code.RULE_BROKEN, at, message);
            broken = broken.and(rule.condition().span(), "this " + (rule.must() ? "must" : "should") + " hold");
            for (String note : Explanation.of(rule.condition(), scope)) {
                broken = broken.note(note);
            }
            findings.add(broken);
        }
    }

    private Optional<Boolean> holds(Term condition, Scope scope) {
        return findings.attempt(condition.span(), () -> Terms.condition(condition, scope)).flatMap(known -> known);
    }
}
