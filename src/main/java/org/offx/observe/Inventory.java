package org.offx.observe;

import java.util.Optional;
import org.offx.check.Definition.NodeDef;
import org.offx.check.Program;
import org.offx.check.Term;
import org.offx.eval.Answer;
import org.offx.eval.Evaluation;
import org.offx.value.Shown;
import org.offx.value.Value;

/** How the nodes of a program are reached: what their declarations say. */
public final class Inventory {

    /**
     * One node.
     *
     * @param address where SSH goes: an address, a name, or anything that the SSH configuration knows
     * @param user whom to log in as; empty: as the SSH configuration says
     * @param become {@code none} to stay who one is; empty or {@code sudo}: root
     */
    public record Place(String name, String address, Optional<String> user, Optional<Integer> port, Optional<String> become) {}

    private final Program program;
    private final Evaluation evaluation;

    public Inventory(Program program, Evaluation evaluation) {
        this.program = program;
        this.evaluation = evaluation;
    }

    /** @throws IllegalArgumentException where there is no such node */
    public Place place(String node) {
        NodeDef definition = program.nodes().get(node);
        if (definition == null) {
            throw new IllegalArgumentException("no node " + node);
        }
        return new Place(
                node,
                text(definition, "address").orElse(node),
                text(definition, "user"),
                text(definition, "port").map(Integer::valueOf),
                text(definition, "become"));
    }

    private Optional<String> text(NodeDef node, String attribute) {
        Term term = node.attributes().get(attribute);
        if (term == null) {
            return Optional.empty();
        }
        return switch (evaluation.value(term, Optional.of(node.name()), Optional.empty())) {
            case Answer.Known<Value>(Value value) when value != Value.Nothing.NULL -> Optional.of(Shown.text(value));
            case Answer.Known<Value> nothing -> Optional.empty();
            case Answer.Unknown<Value> failed -> Optional.empty();
        };
    }
}
