package org.offx.eval;

import java.util.List;
import java.util.Optional;
import org.offx.check.Definition.TestDef;
import org.offx.text.Diagnostic;
import org.offx.text.Span;

/**
 * What became of one {@code test} of a playbook.
 *
 * @param failures why it failed (OFX0602); empty where every {@code expect} holds
 * @param plans what it expects of plans, which whoever can make plans has to look at
 */
public record TestResult(TestDef test, List<Diagnostic> failures, List<PlanExpectation> plans) {

    /**
     * {@code expect plan of "Backups" on ovh3 has no changes}.
     *
     * @param state the file of the recorded state, as written; empty where the test gives none
     */
    public record PlanExpectation(Span span, Optional<String> state, String play, List<String> nodes) {}

    /** Does every {@code expect} hold? What is expected of plans is not looked at here. */
    public boolean passed() {
        return failures.isEmpty();
    }
}
