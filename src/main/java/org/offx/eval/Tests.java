package org.offx.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.check.Definition.Expect;
import org.offx.check.Definition.ExpectNoChanges;
import org.offx.check.Definition.Given;
import org.offx.check.Definition.TestDef;
import org.offx.check.Definition.TestLet;
import org.offx.check.Definition.TestTerm;
import org.offx.eval.TestResult.PlanExpectation;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.value.Shown;
import org.offx.value.Value;

/** The tests of a playbook. Every expectation is looked at, also after one that failed. */
final class Tests {

    private Tests() {}

    static TestResult run(TestDef test, World world) {
        Findings findings = new Findings();
        List<PlanExpectation> plans = new ArrayList<>();
        Scope scope = Scope.of(world);
        Optional<String> state = Optional.empty();
        for (TestTerm term : test.items()) {
            Scope here = scope;
            Optional<String> given = state;
            switch (term) {
                case TestLet(var let) -> {
                    Optional<Scope> inner = findings.attempt(let.span(), () -> Terms.let(let, here));
                    if (inner.isEmpty()) {
                        return new TestResult(test, findings.all(), plans);
                    }
                    scope = inner.get();
                }
                case Given(var span, var file) -> state = findings.attempt(span, () -> Shown.text(Terms.value(file, here)));
                case Expect expect -> findings.attempt(expect.condition().span(), () -> expect(test, expect, here, findings));
                case ExpectNoChanges expect -> findings.attempt(expect.span(), () -> plan(expect, given, here)).ifPresent(plans::add);
            }
        }
        return new TestResult(test, findings.all(), plans);
    }

    private static PlanExpectation plan(ExpectNoChanges expect, Optional<String> state, Scope scope) {
        return new PlanExpectation(
                expect.span(),
                state,
                Shown.text(Terms.value(expect.play(), scope)),
                NodeSets.nodes(Terms.value(expect.nodes(), scope)));
    }

    private static boolean expect(TestDef test, Expect expect, Scope scope, Findings findings) {
        Value value = Terms.value(expect.condition(), scope);
        boolean holds = value.equals(new Value.Bool(true));
        if (!holds) {
            Diagnostic failed = Diagnostic.error(Code.TEST_FAILED, expect.condition().span(), "the test \"" + test.name() + "\" fails")
                    .here(value instanceof Value.Unknown(String origin, String shown) ? "nobody can know this here: " + shown : "this does not hold");
            for (String note : Explanation.of(expect.condition(), scope)) {
                failed = failed.note(note);
            }
            findings.add(failed);
        }
        return holds;
    }
}
