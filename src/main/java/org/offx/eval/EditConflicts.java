package org.offx.eval;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.offx.eval.Steps.NodeFile;
import org.offx.text.Code;
import org.offx.text.Diagnostic;

/**
 * Two tasks that write the whole text of one file would undo each other in every apply (OFX0502). Edits that keep what
 * they do not know of the old text get along.
 */
final class EditConflicts {

    private EditConflicts() {}

    static void find(Behaviour behaviour, Catalog catalog, Findings findings) {
        Map<NodeFile, Task> writers = new HashMap<>();
        catalog.plays().stream()
                .flatMap(play -> play.nodes().stream().limit(play.definition().oneOf() ? 1 : Long.MAX_VALUE))
                .flatMap(node -> node.items().stream())
                .forEach(item -> {
                    if (item instanceof Catalog.TaskEntry(Task task) && task.mode() == Task.Mode.PRESENT && !task.conditional()) {
                        behaviour.wholeFiles(task).forEach(file -> meet(writers.putIfAbsent(file, task), task, file, findings));
                    }
                });
    }

    private static void meet(@Nullable Task earlier, Task later, NodeFile file, Findings findings) {
        if (earlier != null && !earlier.reference().equals(later.reference())) {
            findings.add(Diagnostic.error(
                            Code.CONFLICTING_EDIT,
                            later.span(),
                            earlier.name() + " and " + later.name() + " both write all of " + file.path() + " on " + file.node())
                    .here("this writes the whole file")
                    .and(earlier.span(), "so does this")
                    .note("each would undo what the other did, in every apply"));
        }
    }
}
