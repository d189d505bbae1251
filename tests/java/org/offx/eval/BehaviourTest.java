package org.offx.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.offx.eval.Make.attribute;
import static org.offx.eval.Make.block;
import static org.offx.eval.Make.call;
import static org.offx.eval.Make.command;
import static org.offx.eval.Make.constant;
import static org.offx.eval.Make.field;
import static org.offx.eval.Make.let;
import static org.offx.eval.Make.list;
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
import static org.offx.eval.Make.unknown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.offx.check.Builtin;
import org.offx.check.Definition.Blocks;
import org.offx.check.Definition.OperationDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Lazy;
import org.offx.check.ReviewTerm;
import org.offx.check.StepTerm;
import org.offx.check.Term;
import org.offx.eval.Review.Note;
import org.offx.eval.Review.Show;
import org.offx.tree.ResourceItem.Operation;
import org.offx.tree.ResourceItem.Verdict;
import org.offx.type.Type.Basic;
import org.offx.value.Command;
import org.offx.value.Value;

/** Resources at work against nodes in memory: what is asked together, what becomes of answers, what steps are made. */
final class BehaviourTest {

    private final ScriptedProbes node = new ScriptedProbes();

    private Observation observe(Term observe) {
        Task task = task(observing(resource("r", attribute("a", Basic.STRING)), observe), "k", (Value.Struct) struct("a", text("wanted")));
        return behaviour().observe(task, node);
    }

    private static Behaviour behaviour() {
        return new Evaluation(Make.program(), Make.NO_FILES).behaviour(Facts.UNKNOWN);
    }

    private static Term absentIf(Term condition, Term otherwise) {
        return Make.condition(condition, constant(new Value.Symbol("absent")), otherwise);
    }

    @Test
    void independentLetsTravelTogether() {
        node.says("zfs get", "1").says("ip link", "2").says("ls 1", "3");
        Observation seen = observe(block(
                List.of(let("zfs", out(probe("zfs", "get"))), let("link", out(probe("ip", "link")))),
                record("a", local("link"), "b", out(probe("ls", local("zfs"))))));
        assertThat(seen).isEqualTo(new Observation.Present(((Value.Struct) struct("a", text("2"), "b", text("3"))).fields()));
        assertThat(node.rounds()).containsExactly(List.of("ip link", "zfs get"), List.of("ls 1"));
    }

    @Test
    void fieldsArgumentsAndElementsOfAComprehensionTravelTogetherToo() {
        node.says("a", "1").says("b", "2").says("c x", "3").says("c y", "4");
        Term each = new Term.Comprehension(span("[…]"), Basic.JSON, out(probe("c", local("e"))), "e", constant(list(text("x"), text("y"))), Optional.empty());
        observe(record("a", call(Builtin.ADD, out(probe("a")), out(probe("b"))), "cs", each));
        assertThat(node.rounds()).containsExactly(List.of("a", "b", "c x", "c y"));
    }

    @Test
    void aFailureOfWhatNobodyNeedsIsNone() {
        node.says("a", new Reading.NotInstalled("a")).says("b", "2");
        assertThat(observe(block(List.of(let("unused", probe("a"))), record("a", out(probe("b")))))).isInstanceOf(Observation.Present.class);
        assertThat(node.rounds()).containsExactly(List.of("b"));
    }

    @Test
    void whatIsNotThereIsAbsent() {
        node.says("pct list", "");
        assertThat(observe(absentIf(call(Builtin.EQUAL, out(probe("pct", "list")), constant(text(""))), record()))).isEqualTo(new Observation.Absent());
    }

    @Test
    void noAnswerIsNeverAbsent() {
        node.says("a", new Reading.TimedOut(Duration.ofSeconds(10)));
        assertThat(observe(probe("a"))).isEqualTo(new Undecided.TimedOut("`a`", Duration.ofSeconds(10)));
        node.says("a", new Reading.NotInstalled("zfs"));
        assertThat(observe(probe("a"))).isEqualTo(new Undecided.NotInstalled("zfs"));
        node.says("a", new Reading.Unavailable("the recorded state does not hold it"));
        assertThat(observe(probe("a"))).isEqualTo(new Undecided.Unavailable("the recorded state does not hold it"));
        assertThat(observe(probe("a", constant(unknown("lxc.ct 113"))))).isEqualTo(new Undecided.Awaits("lxc.ct 113"));
    }

    @Test
    void anUnexpectedStatusIsAFailureWithWhatTheCommandSaid() {
        node.says("zfs list", new Reading.Output("", "\ncannot open 'x'\nmore\nand more\nand more\n", 1));
        Undecided.Failed failed = (Undecided.Failed) observe(probe("zfs", "list"));
        assertThat(failed.diagnostic().message()).isEqualTo("`zfs list` ended with status 1 on n1");
        assertThat(failed.diagnostic().notes()).containsExactly("cannot open 'x'", "more", "and more");
    }

    @Test
    void anAcceptedStatusCountsOnlyWhereItsConditionHolds() {
        Term when = call(Builtin.TEXT_CONTAINS, field(local("it"), "err"), constant(text("does not exist")));
        Term probe = new Term.Probe(span("probe"), Basic.JSON, command("zfs"), Optional.empty(), Optional.empty(), List.of(1), Optional.of(when));
        node.says("zfs", new Reading.Output("", "dataset does not exist", 1));
        assertThat(observe(absentIf(call(Builtin.NOT, field(probe, "ok")), record()))).isEqualTo(new Observation.Absent());
        node.says("zfs", new Reading.Output("", "permission denied", 1));
        assertThat(observe(probe)).isInstanceOf(Undecided.Failed.class);
    }

    @Test
    void garbageIsAFailureAndNotAnException() {
        node.says("ip", "<html>");
        Undecided failed = (Undecided) observe(call(Builtin.TEXT_JSON, out(probe("ip"))));
        assertThat(failed.reason()).startsWith("this text is no JSON: line 1");
        node.says("ip", "a".repeat(200_000));
        Term greedy = call(Builtin.TEXT_MATCH, out(probe("ip")), constant(new Value.Regex("(a|b)*c")));
        assertThat(observe(greedy)).as("a pattern that needs more stack than there is").isInstanceOf(Undecided.Failed.class);
    }

    @Test
    void theStateOfAFile() {
        node.says("/etc/motd", new Reading.File("hi", false, "file", 0644, "root", "adm", 2, ""));
        Term at = call(Builtin.FILE_AT, constant(new Value.Path("/etc/motd")));
        Observation.Present seen = (Observation.Present) observe(record("text", field(at, "text"), "mode", field(at, "mode"), "target", field(at, "target")));
        assertThat(seen.attributes()).containsEntry("text", text("hi")).containsEntry("mode", new Value.Mode(0644)).containsEntry("target", Value.Nothing.NULL);
        node.says("/etc/motd", new Reading.NoFile());
        assertThat(observe(at)).isEqualTo(new Observation.Absent());
    }

    // Reviews.

    private static ReviewTerm when(Term trigger, Verdict verdict, Term text, Term condition) {
        return new ReviewTerm.When(span("when"), trigger, verdict, text, Optional.of(condition));
    }

    private Review review(Operation operation, Changes changes, ReviewTerm... terms) {
        ResourceDef base = resource("r", attribute("quota", Basic.SIZE), attribute("used", Basic.SIZE));
        ResourceDef resource = new ResourceDef(base.name(), base.span(), "", false, base.key(), base.attributes(), List.of(), true, true,
                Lazy.of(new Blocks(List.of(), Optional.empty(), Optional.empty(), List.of(terms), List.of())));
        Task task = task(resource, "k", (Value.Struct) struct("quota", new Value.Size(10)));
        return behaviour().review(task, operation, Map.of("used", new Value.Size(20)), changes, node);
    }

    private static final Changes QUOTA = new Changes(
            List.of(new Changes.AttributeChange("quota", "quota", new Value.Size(30), new Value.Size(10), Optional.empty())), List.of());
    private static final Term YES = constant(new Value.Bool(true));

    @Test
    void aReviewSaysWhatConcernsTheChange() {
        Term below = call(Builtin.LESS, field(local("desired"), "quota"), field(local("observed"), "used"));
        Review review = review(Operation.UPDATE, QUOTA,
                when(field(local("changes"), "quota"), Verdict.REFUSE, template("below the ", field(local("observed"), "used"), " in use"), below),
                when(field(local("changes"), "quota"), Verdict.NOTE, template("a note"), YES),
                when(field(local("changes"), "used"), Verdict.NOTE, template("never"), YES),
                when(local("changes"), Verdict.CONSENT, template("consent"), YES),
                when(local("delete"), Verdict.REFUSE, template("never"), YES));
        assertThat(review).isEqualTo(new Review(
                List.of("below the 20B in use"), List.of("consent"), List.of(new Note(Optional.of("quota"), "a note")), List.of(), List.of()));
    }

    @Test
    void aReviewThatCannotBeAnsweredSaysSoAndTheOthersAreAnswered() {
        node.says("du", new Reading.TimedOut(Duration.ofSeconds(10))).says("zfs list", "a\nb\n");
        Review review = review(Operation.DELETE, Changes.NONE,
                when(local("delete"), Verdict.REFUSE, template("in use"), call(Builtin.EQUAL, out(probe("du")), constant(text("0")))),
                new ReviewTerm.Show(span("show"), local("delete"), constant(text("destroys")), call(Builtin.TEXT_LINES, out(probe("zfs", "list")))));
        assertThat(review.shows()).containsExactly(new Show("destroys", List.of("a", "b")));
        assertThat(review.unanswered()).containsExactly(new Undecided.TimedOut("`du`", Duration.ofSeconds(10)));
        assertThat(node.rounds()).containsExactly(List.of("du", "zfs list"));
    }

    @Test
    void aCreationChangesAllThatIsDeclared() {
        Review review = review(Operation.CREATE, Changes.NONE,
                when(field(local("changes"), "quota"), Verdict.NOTE, template("quota"), YES),
                when(field(local("changes"), "used"), Verdict.NOTE, template("never"), YES));
        assertThat(review.notes()).extracting(Note::text).containsExactly("quota");
    }

    // Steps.

    private static Steps steps(Value.Struct desired, FileTexts texts, StepTerm... terms) {
        return behaviour().steps(working(desired, terms), Operation.UPDATE, Map.of("a", text("old")), Changes.NONE, texts);
    }

    private static Task working(Value.Struct desired, StepTerm... terms) {
        ResourceDef base = resource("r", attribute("a", Basic.STRING));
        OperationDef update = new OperationDef(Operation.UPDATE, span("update"), false, false, List.of(terms), List.of());
        ResourceDef resource = new ResourceDef(base.name(), base.span(), "", false, base.key(), base.attributes(), List.of(), true, true,
                Lazy.of(new Blocks(List.of(), Optional.empty(), Optional.empty(), List.of(), List.of(update))));
        return task(resource, "k", desired);
    }

    private static StepTerm run(Object... words) {
        return new StepTerm.Run(span("run"), command(words), Optional.empty(), Optional.empty(), List.of());
    }

    private static StepTerm edit(String path, Term result) {
        return new StepTerm.Edit(span("edit"), constant(new Value.Path(path)), "text", result,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static final FileTexts NONE = (n, p) -> Optional.empty();

    @Test
    void stepsSeeWhatIsDesiredAndWhatIsThere() {
        Steps steps = steps((Value.Struct) struct("a", text("new")), NONE,
                run("set", local("name"), local("a")),
                new StepTerm.For(span("for"), "x", constant(list(text("1"), text("2"))), List.of(run("echo", local("x")))),
                new StepTerm.If(span("if"), call(Builtin.EQUAL, field(local("observed"), "a"), constant(text("old"))), List.of(run("was-old")), List.of(run("was-new"))),
                new StepTerm.OnNode(span("on"), constant(new Value.NodeName("n2")), List.of(run("there"))));
        assertThat(steps.awaits()).isEmpty();
        assertThat(steps.failure()).isEmpty();
        assertThat(steps.steps()).containsExactly(
                ran("set", "k", "new"), ran("echo", "1"), ran("echo", "2"), ran("was-old"), new Step.OnNode("n2", List.of(ran("there"))));
    }

    private static Step ran(String... words) {
        return new Step.Run(Command.of(words), Optional.empty(), Optional.empty(), List.of());
    }

    @Test
    void editsOfOneFileGoFromHandToHandAndOneThatChangesNothingIsNone() {
        Term more = template(local("text"), "+");
        Steps steps = steps((Value.Struct) struct("a", text("x")), (n, p) -> p.equals("/a") ? Optional.of("0") : Optional.empty(),
                edit("/a", more), edit("/a", more), edit("/a", local("text")), edit("/new", more));
        assertThat(steps.steps()).extracting(s -> ((Step.Edit) s).before(), s -> ((Step.Edit) s).after()).containsExactly(
                tuple(Optional.of("0"), "0+"),
                tuple(Optional.of("0+"), "0++"),
                tuple(Optional.empty(), "+"));
    }

    @Test
    void theFilesAreKnownBeforeTheirTexts() {
        List<String> asked = new ArrayList<>();
        Task task = working((Value.Struct) struct("a", text("x")),
                edit("/a", call(Builtin.FAIL, constant(text("needs its text")))),
                new StepTerm.OnNode(span("on"), constant(new Value.NodeName("n2")), List.of(edit("/b", local("text")))));
        behaviour().editedPaths(task, Operation.UPDATE, Map.of(), Changes.NONE).forEach(f -> asked.add(f.node() + f.path()));
        assertThat(asked).containsExactly("n1/a", "n2/b");
    }

    @Test
    void anEditThatCannotBeMadeIsAFailure() {
        Steps steps = steps((Value.Struct) struct(), NONE, edit("/a", call(Builtin.FAIL, constant(text("no such line")))));
        assertThat(steps.failure().orElseThrow().message()).isEqualTo("no such line");
    }

    @Test
    void aSecretIsMarkedWhereItArrives() {
        Value.Struct desired = (Value.Struct) struct("a", new Value.Secret(text("hunter2")));
        Steps steps = steps(desired, NONE,
                new StepTerm.Run(span("run"), command("chpasswd"), Optional.of(template("root:", local("a"))), Optional.empty(), List.of()),
                edit("/etc/key", template(local("a"), "\n")));
        assertThat(((Step.Run) steps.steps().getFirst()).input()).contains(new Step.Input("root:hunter2", true));
        assertThat(((Step.Edit) steps.steps().getLast()).secret()).isTrue();
    }

    @Test
    void stepsWithAHoleSayAfterWhatTheyAreKnown() {
        Steps steps = steps((Value.Struct) struct("a", unknown("lxc.ct 113")), NONE, run("ping", local("a")));
        assertThat(steps.awaits()).contains("lxc.ct 113");
        assertThat(steps.steps()).containsExactly(ran("ping", "(known after lxc.ct 113)"));
    }
}
