package org.offx.observe;

import org.offx.eval.Observation;
import org.offx.eval.Undecided;
import org.offx.observe.Survey.Found;
import org.offx.plan.Gathered.Finding;

/** What a survey found, in the words of the planner. */
final class Findings {

    private Findings() {}

    static Finding of(Found found) {
        Observation state = found.failure().<Observation>map(why -> why).orElse(found.state());
        if (found.task().conditional()) {
            state = new Undecided.Unavailable("whether it is wanted depends on a fact that could not be read");
        }
        return new Finding(found.task(), state, found.former(), found.changes(), found.review());
    }
}
