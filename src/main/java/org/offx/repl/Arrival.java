package org.offx.repl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.offx.check.Sight.CheckedTerm;
import org.offx.eval.Answer;
import org.offx.eval.Undecided;
import org.offx.observe.SideBySide;
import org.offx.syntax.Fragment;
import org.offx.syntax.Syntax;
import org.offx.text.Diagnostic;
import org.offx.text.DiagnosticText;
import org.offx.tree.Expr;
import org.offx.value.Value;

/**
 * What {@code on NODES} leads to.
 *
 * @param place where one is now: the former place where nothing was reached
 */
record Arrival(Place place, Reply reply) {

    private static final int NAMED = 12;

    /** @param text what was typed after {@code on} */
    static Arrival at(String text, Place before, Workspace workspace, Outside outside, int width) {
        Fragment<Expr> read = Syntax.expression(Entry.source(text));
        if (hasErrors(read.diagnostics()) || read.node().isEmpty()) {
            return new Arrival(before, Reply.wrong(DiagnosticText.of(read.diagnostics(), width)));
        }
        CheckedTerm checked = workspace.sight().expression(read.node().get(), Map.of());
        if (hasErrors(checked.diagnostics())) {
            return new Arrival(before, Reply.wrong(DiagnosticText.of(checked.diagnostics(), width) + nodesThereAre(workspace)));
        }
        return switch (workspace.evaluation().value(checked.term(), Optional.empty(), Optional.empty())) {
            case Answer.Unknown<Value>(Undecided why) -> new Arrival(before, Looking.undecided(why, width));
            case Answer.Known<Value>(Value value) -> {
                Optional<List<String>> nodes = Place.nodes(value);
                yield nodes.isEmpty() || nodes.get().isEmpty()
                        ? new Arrival(before, Reply.problem("`on` takes a node or a group, and `" + text + "` is "
                                + (nodes.isEmpty() ? "none" : "empty")).warning(nodesThereAre(workspace)))
                        : entered(new Place(text, Optional.of(checked.term()), nodes.get()), before, outside);
            }
        };
    }

    /** Reached as a whole or in part: what cannot be reached is told, and planned as unreachable. */
    private static Arrival entered(Place there, Place before, Outside outside) {
        Map<String, String> unreached = new ConcurrentHashMap<>();
        new SideBySide(Looking.WINDOW)
                .each(there.nodes(), node -> outside.connect(node).ifPresent(why -> unreached.put(node, why)));
        String why = there.nodes().stream()
                .filter(unreached::containsKey)
                .map(node -> "offx: " + unreached.get(node) + "\n")
                .collect(Collectors.joining());
        Reply reply = new Reply("", why, !unreached.isEmpty(), false);
        return new Arrival(unreached.size() < there.nodes().size() ? there : before, reply);
    }

    /** A line for somebody who looks for the name of a node. */
    static String nodesThereAre(Workspace workspace) {
        List<String> names = List.copyOf(workspace.program().nodes().keySet());
        return names.isEmpty()
                ? "      no node is declared: `offx repl FILE` brings those of a playbook\n"
                : "      the nodes are " + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                        + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "") + "\n";
    }

    private static boolean hasErrors(List<Diagnostic> diagnostics) {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }
}
