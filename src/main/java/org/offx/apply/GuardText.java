package org.offx.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.offx.eval.Step;

/** What a guard's script on the node runs, and how it is armed. */
final class GuardText {

    private GuardText() {}

    /** Calls of guard.sh. The script that undoes has the files first, then the resource's own undo. */
    static List<String> arming(NodeScript scripts, Collection<String> files, List<Step> undo, Duration within) {
        List<String> lines = new ArrayList<>(List.of("offx_new"));
        List<String> back = new ArrayList<>();
        int number = 0;
        for (String path : files) {
            lines.add(NodeScript.words("offx_keep", String.valueOf(number), path));
            back.add("offx_back " + number++);
        }
        List<String> rest = undo.stream().flatMap(step -> line(step).stream()).toList();
        lines.add(NodeScript.words("offx_script", scripts.undo(back, rest)));
        lines.add(NodeScript.words("offx_arm", String.valueOf(within.toSeconds())));
        return lines;
    }

    /** Why a node cannot take this back by itself; empty where it can. */
    static Optional<String> impossible(List<Step> undo) {
        return undo.stream().anyMatch(Step.OnNode.class::isInstance)
                ? Optional.of("its undo works on another node, which this node cannot do by itself")
                : Optional.empty();
    }

    private static Optional<String> line(Step step) {
        return switch (step) {
            case Step.Run run -> Optional.of(
                    run.input().map(input -> "printf %s " + NodeScript.quote(input.text()) + " | ").orElse("")
                            + NodeScript.pipeline(run.command(), "offx_run "));
            case Step.Settle settle -> Optional.of(NodeScript.pipeline(settle.command(), "offx_run "));
            case Step.Wait wait -> Optional.of("n=0; until " + NodeScript.pipeline(wait.command(), "offx_run ") + " || [ \"$n\" -ge "
                    + wait.within().toSeconds() + " ]; do n=$((n + 1)); sleep 1; done");
            case Step.Edit edit -> Optional.of("printf %s " + NodeScript.quote(edit.after()) + " >" + NodeScript.quote(edit.path()));
            case Step.OnNode elsewhere -> Optional.empty();
        };
    }
}
