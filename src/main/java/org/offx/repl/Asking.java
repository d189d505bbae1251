package org.offx.repl;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.offx.observe.Preview.Outcome;
import org.offx.plan.Plan;
import org.offx.plan.Plan.TaskPlan;

/**
 * The questions before an apply: for what is destructive or risky, its name; then yes or no.
 *
 * @param open names that were not asked for yet
 * @param isAnswered nothing is left to ask
 * @param agreed the last answer was yes
 */
record Asking(Outcome.Made made, List<String> open, Set<String> consents, boolean isAnswered, boolean agreed) {

    static Asking of(Outcome.Made made) {
        List<String> names = tasks(made.plan()).flatMap(task -> task.consents().stream()).distinct().toList();
        return new Asking(made, names, Set.of(), false, false);
    }

    /** A plan in which nothing changes needs no question. */
    static boolean isNeeded(Plan plan) {
        return tasks(plan).anyMatch(task -> task.verdict().changes());
    }

    String question() {
        return open.isEmpty() ? "Apply this? [y/N] " : "type `" + open.getFirst() + "` to consent to it, or nothing to leave it out: ";
    }

    Asking answered(String answer) {
        if (open.isEmpty()) {
            return new Asking(made, open, consents, true, answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"));
        }
        Set<String> given = new LinkedHashSet<>(consents);
        if (answer.equals(open.getFirst())) {
            given.add(answer);
        }
        return new Asking(made, open.subList(1, open.size()), given, false, false);
    }

    private static Stream<TaskPlan> tasks(Plan plan) {
        return plan.plays().stream().flatMap(play -> play.nodes().stream()).flatMap(node -> node.tasks().stream());
    }
}
