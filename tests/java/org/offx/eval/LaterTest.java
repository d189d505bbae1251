package org.offx.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.offx.eval.Make.attribute;
import static org.offx.eval.Make.block;
import static org.offx.eval.Make.call;
import static org.offx.eval.Make.condition;
import static org.offx.eval.Make.constant;
import static org.offx.eval.Make.let;
import static org.offx.eval.Make.local;
import static org.offx.eval.Make.observing;
import static org.offx.eval.Make.out;
import static org.offx.eval.Make.probe;
import static org.offx.eval.Make.record;
import static org.offx.eval.Make.resource;
import static org.offx.eval.Make.span;
import static org.offx.eval.Make.struct;
import static org.offx.eval.Make.task;
import static org.offx.eval.Make.template;
import static org.offx.eval.Make.text;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.offx.check.Builtin;
import org.offx.check.Definition.Blocks;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Lazy;
import org.offx.check.ReviewTerm;
import org.offx.check.Term;
import org.offx.tree.ResourceItem.Operation;
import org.offx.tree.ResourceItem.Verdict;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** What of a {@code let} is asked of a node: what an evaluated expression needs, once, and what is needed together together. */
@Timeout(20)
final class LaterTest {

    private static final Term NO = call(Builtin.EQUAL, constant(text("a")), constant(text("b")));
    private static final Term YES = constant(new Value.Bool(true));

    private final ScriptedProbes node = new ScriptedProbes();

    @BeforeEach
    void answers() {
        node.says("du", "7").says("df", "9").says("ls 7", "x");
    }

    // In a block.

    @Test
    void whatNobodyNeedsIsNotAsked() {
        observe(block(
                List.of(let("unused", out(probe("du"))), let("behind", condition(NO, out(probe("df")), constant(text("-"))))),
                record("a", local("behind"))));
        assertThat(node.rounds()).isEmpty();
    }

    @Test
    void whatStandsBehindAFalseConditionIsNotAsked() {
        observe(block(List.of(let("used", out(probe("du")))), record("a", condition(NO, local("used"), constant(text("-"))))));
        assertThat(node.rounds()).isEmpty();
    }

    @Test
    void aValueThatIsMadeOfAnAnswerDoesNotAskForItEither() {
        observe(block(
                List.of(let("used", out(probe("du"))), let("shown", template("used: ", local("used")))),
                record("a", condition(NO, local("shown"), constant(text("-"))))));
        assertThat(node.rounds()).isEmpty();
    }

    @Test
    void whatIsNeededInManyPlacesIsAskedOnceAndSideBySide() {
        Observation seen = observe(block(
                List.of(let("used", out(probe("du"))), let("free", out(probe("df"))), let("listed", out(probe("ls", local("used"))))),
                record("a", local("listed"), "b", local("free"), "c", template(local("used"), local("free")))));
        assertThat(seen).isEqualTo(new Observation.Present(
                ((Value.Struct) struct("a", text("x"), "b", text("9"), "c", text("79"))).fields()));
        assertThat(node.rounds()).containsExactly(List.of("df", "du"), List.of("ls 7"));
    }

    // In a review.

    @Test
    void aReviewAsksForTheLinesThatConcernTheChange() {
        Review review = review(Operation.UPDATE,
                new ReviewTerm.Let(let("used", out(probe("du")))),
                new ReviewTerm.Let(let("shown", template("used: ", local("used")))),
                when(local("delete"), template(local("shown")), call(Builtin.EQUAL, local("used"), constant(text("7")))),
                when(local("update"), template("never: ", local("used")), NO));
        assertThat(review).isEqualTo(Review.SILENT);
        assertThat(node.rounds()).isEmpty();
    }

    @Test
    void linesOfAReviewAskTogetherAndWhatTheyShareOnce() {
        Review review = review(Operation.UPDATE,
                new ReviewTerm.Let(let("used", out(probe("du")))),
                new ReviewTerm.Let(let("free", out(probe("df")))),
                when(local("update"), template("first"), call(Builtin.EQUAL, local("used"), constant(text("7")))),
                when(local("update"), template("second ", local("free")), YES),
                when(local("update"), template("third ", local("used")), YES));
        assertThat(review.refusals()).containsExactly("first", "second 9", "third 7");
        assertThat(node.rounds()).containsExactly(List.of("df", "du"));
    }

    @Test
    void whatCouldNotBeReadConcernsTheLinesThatNeedItAndIsSaidOnce() {
        node.says("du", new Reading.TimedOut(Duration.ofSeconds(10)));
        Review review = review(Operation.UPDATE,
                new ReviewTerm.Let(let("used", out(probe("du")))),
                when(local("update"), template("first"), call(Builtin.EQUAL, local("used"), constant(text("7")))),
                when(local("update"), template("second"), YES),
                when(local("update"), template("third ", local("used")), YES));
        assertThat(review.refusals()).containsExactly("second");
        assertThat(review.unanswered()).containsExactly(new Undecided.TimedOut("`du`", Duration.ofSeconds(10)));
    }

    @Test
    void aMistakeInWhatNobodyNeedsIsNone() {
        Review review = review(Operation.UPDATE,
                new ReviewTerm.Let(let("first", call(Builtin.FAIL, constant(text("there is no first"))))),
                when(local("delete"), template("never"), call(Builtin.EQUAL, local("first"), constant(text("x")))),
                when(local("update"), template("said"), YES));
        assertThat(review).isEqualTo(new Review(List.of("said"), List.of(), List.of(), List.of(), List.of()));
    }

    // Of a resource.

    @Test
    void theDefinitionsOfAResourceThatItsObservationNeedsAreAskedTogether() {
        ResourceDef base = resource("r", attribute("a", Basic.STRING), attribute("b", Basic.STRING));
        ResourceDef resource = with(base,
                List.of(let("used", out(probe("du"))), let("free", out(probe("df"))), let("listed", out(probe("ls", local("used"))))),
                List.of());
        Task task = task(observing(resource, record("a", local("used"), "b", local("free"))), "k", (Value.Struct) struct());
        assertThat(behaviour().observe(task, node)).isInstanceOf(Observation.Present.class);
        assertThat(node.rounds()).containsExactly(List.of("df", "du"));
    }

    private Observation observe(Term observe) {
        Task task = task(observing(resource("r", attribute("a", Basic.STRING)), observe), "k", (Value.Struct) struct("a", text("wanted")));
        return behaviour().observe(task, node);
    }

    private Review review(Operation operation, ReviewTerm... terms) {
        Task task = task(with(resource("r", attribute("a", Basic.STRING)), List.of(), List.of(terms)), "k", (Value.Struct) struct());
        return behaviour().review(task, operation, Map.of(), Changes.NONE, node);
    }

    private static ReviewTerm when(Term trigger, Term text, Term condition) {
        return new ReviewTerm.When(span("when"), trigger, Verdict.REFUSE, text, Optional.of(condition));
    }

    private static ResourceDef with(ResourceDef base, List<Term.Let> lets, List<ReviewTerm> review) {
        return new ResourceDef(base.name(), base.span(), "", false, base.key(), base.attributes(), List.of(), true, true,
                Lazy.of(new Blocks(lets, Optional.empty(), Optional.empty(), review, List.of())));
    }

    private static Behaviour behaviour() {
        return new Evaluation(Make.program(), Make.NO_FILES).behaviour(Facts.UNKNOWN);
    }
}
