package org.offx.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.offx.eval.Make.call;
import static org.offx.eval.Make.condition;
import static org.offx.eval.Make.constant;
import static org.offx.eval.Make.convert;
import static org.offx.eval.Make.field;
import static org.offx.eval.Make.list;
import static org.offx.eval.Make.local;
import static org.offx.eval.Make.number;
import static org.offx.eval.Make.scope;
import static org.offx.eval.Make.span;
import static org.offx.eval.Make.struct;
import static org.offx.eval.Make.table;
import static org.offx.eval.Make.template;
import static org.offx.eval.Make.text;
import static org.offx.eval.Make.unknown;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.offx.check.Builtin;
import org.offx.check.Definition.EnumDef;
import org.offx.check.Definition.FieldDef;
import org.offx.check.Definition.FnDef;
import org.offx.check.Definition.KindDef;
import org.offx.check.Definition.MemberDef;
import org.offx.check.Definition.NodeDef;
import org.offx.check.Definition.ParamDef;
import org.offx.check.Definition.RefinementDef;
import org.offx.check.Definition.StructDef;
import org.offx.check.Term;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Terms: choices, unknown values, secrets, recursion, conversions, attributes of nodes. */
final class TermsTest {

    private static final Term LATER = constant(unknown("fact os"));
    private static final Term FAILS = call(Builtin.FAIL, constant(text("on purpose")));
    private static final Term BREAKS = call(Builtin.DIVIDE, constant(number(1)), constant(number(0)));

    private static Diagnostic failure(Term term, Scope scope) {
        EvalFailure failure = catchThrowableOfType(EvalFailure.class, () -> Terms.value(term, scope));
        assertThat(failure).as("the failure of %s", term.span().text()).isNotNull();
        return failure.diagnostic();
    }

    private static String shown(Term term, Scope scope) {
        return Shown.literal(Terms.value(term, scope));
    }

    @Test
    void anUndecidedConditionIsUnknownUnlessBothWaysAgree() {
        assertThat(shown(condition(LATER, constant(number(1)), constant(number(2))), scope())).isEqualTo("(known after fact os)");
        assertThat(shown(condition(LATER, constant(number(1)), constant(number(1))), scope())).isEqualTo("1");
    }

    @Test
    void theMistakesOfBothWaysAreFoundButNotThoseMadeOnPurpose() {
        assertThat(failure(condition(LATER, constant(number(1)), BREAKS), scope()).message()).isEqualTo("a division by zero");
        assertThat(shown(condition(LATER, constant(number(1)), FAILS), scope())).isEqualTo("1");
        assertThat(shown(condition(LATER, FAILS, FAILS), scope())).isEqualTo("(known after fact os)");
    }

    @Test
    void logicIsDecidedByTheSideThatIsKnown() {
        Term yes = constant(new Value.Bool(true));
        Term no = constant(new Value.Bool(false));
        assertThat(shown(logic(Term.Operator.AND, LATER, no), scope())).isEqualTo("false");
        assertThat(shown(logic(Term.Operator.AND, LATER, yes), scope())).isEqualTo("(known after fact os)");
        assertThat(shown(logic(Term.Operator.OR, LATER, yes), scope())).isEqualTo("true");
        assertThat(shown(logic(Term.Operator.AND, no, FAILS), scope())).isEqualTo("false");
        assertThat(shown(logic(Term.Operator.OR_ELSE, constant(Value.Nothing.NULL), yes), scope())).isEqualTo("true");
        assertThat(shown(logic(Term.Operator.OR_ELSE, yes, FAILS), scope())).isEqualTo("true");
    }

    private static Term logic(Term.Operator operator, Term left, Term right) {
        return new Term.Logic(span("logic"), Basic.BOOL, operator, left, right);
    }

    @Test
    void aTextWithAnUnknownPartShowsTheOthers() {
        assertThat(shown(template("http://", LATER, "/"), scope())).isEqualTo("http://(known after fact os)/");
    }

    @Test
    void aTextWithASecretPartIsSecretAndACommandRefusesIt() {
        Term secret = constant(new Value.Secret(text("hunter2")));
        assertThat(Terms.value(template("pw=", secret), scope())).isEqualTo(new Value.Secret(text("pw=hunter2")));
        assertThat(failure(Make.command("mysql", secret), scope()).code()).isEqualTo(Code.SECRET_LEAK);
        assertThat(failure(Make.command("mysql", List.of(constant(list(new Value.Secret(text("x")))))), scope()).code()).isEqualTo(Code.SECRET_LEAK);
    }

    @Test
    void aNullInATextIsNamed() {
        assertThat(failure(template("x", local("gateway")), scope().with("gateway", Value.Nothing.NULL)).message())
                .isEqualTo("`gateway` is null here, and a text cannot hold that");
    }

    @Test
    void wordsOfACommandStayWords() {
        Term files = constant(list(text("a b"), text("$(reboot)"), text("")));
        assertThat(shown(Make.command("rm", "--", List.of(files)), scope())).isEqualTo("`rm -- 'a b' '$(reboot)' ''`");
        assertThat(shown(Make.command("ls", List.of(constant(list()))), scope())).isEqualTo("`ls`");
        assertThat(failure(Make.command(List.of(constant(list()))), scope()).message()).isEqualTo("this command has no program to run");
    }

    @Test
    void aRecursionThatDoesNotEndIsAnErrorAndOneThatEndsIsNot() {
        Term next = new Term.Call(span("count(n - 1)"), Basic.INT, "f#count",
                List.of(call(Builtin.SUBTRACT, local("n"), constant(number(1)))));
        Term body = condition(call(Builtin.EQUAL, local("n"), constant(number(0))), constant(number(0)), next);
        FnDef count = new FnDef("f#count", span("fn count"), "", false, List.of(new ParamDef("n", Basic.INT, Optional.empty())), Basic.INT, body);
        assertThat(shown(counted(300), scope(count))).isEqualTo("0");
        Findings findings = new Findings();
        findings.attempt(span("play"), () -> Terms.value(counted(-1), scope(count)));
        assertThat(findings.all()).extracting(Diagnostic::code).containsExactly(Code.RECURSION);
        Scope deep = new Scope(scope(count).world(), Optional.empty(), Optional.empty(), Scope.DEEPEST, Locals.NONE, Optional.empty());
        assertThat(failure(counted(1), deep).message()).isEqualTo("`count` needs itself more than 1,000 times");
    }

    private static Term counted(long from) {
        return new Term.Call(span("count"), Basic.INT, "f#count", List.of(constant(number(from))));
    }

    @Test
    void aBrokenRefinementShowsTheValuesInItsCondition() {
        Term condition = logic(Term.Operator.AND,
                call(Builtin.LESS_OR_EQUAL, constant(number(576)), local("it")),
                call(Builtin.LESS_OR_EQUAL, call(Builtin.TEXT_LENGTH, local("limit")), constant(number(1))));
        RefinementDef mtu = new RefinementDef("vrack.Mtu", span("type Mtu"), "Frames from 576 to 9600 bytes.", Basic.INT,
                call(Builtin.LESS_OR_EQUAL, constant(number(576)), local("it")));
        Term low = convert(new Type.Refined("vrack.Mtu", Basic.INT), constant(number(500)));
        Diagnostic broken = failure(low, scope(mtu));
        assertThat(broken.code()).isEqualTo(Code.REFINEMENT);
        assertThat(broken.message()).isEqualTo("500 is no vrack.Mtu");
        assertThat(broken.notes()).containsExactly("Frames from 576 to 9600 bytes.");
        assertThat(shown(convert(new Type.Refined("vrack.Mtu", Basic.INT), constant(number(9000))), scope(mtu))).isEqualTo("9000");
        assertThat(Explanation.of(condition, scope().with("it", number(600)).with("limit", text("abc"))))
                .containsExactly("`it` is 600", "`TEXT_LENGTH(limit)` is 3", "`limit` is \"abc\"");
    }

    private static final StructDef LINK = new StructDef("Link", span("struct Link"), "", List.of(
            new FieldDef("ifname", "", Basic.STRING, Optional.empty()),
            new FieldDef("mtu", "", Basic.INT, Optional.empty()),
            new FieldDef("state", "", new Type.Enum("State"), Optional.of(constant(text("?")))),
            new FieldDef("master", "", new Type.Optional(Basic.STRING), Optional.empty())));
    private static final EnumDef STATE = new EnumDef("State", span("enum State"), "", List.of(
            new MemberDef("up", "", "UP", Optional.empty()), new MemberDef("down", "", "DOWN", Optional.empty())));

    private static Term links(Value json) {
        return convert(new Type.ListOf(new Type.Struct("Link")), constant(json));
    }

    @Test
    void jsonIsDecodedLooselyAndWithoutWhatNobodyAskedFor() {
        Value json = list(table(text("ifname"), text("eno1"), text("mtu"), text("9000"), text("state"), text("UP"), text("flags"), list()));
        assertThat(shown(links(json), scope(LINK, STATE))).isEqualTo("[{ ifname = \"eno1\", mtu = 9000, state = up }]");
    }

    @Test
    void jsonOfAnotherShapeIsRefusedWithThePlace() {
        Scope scope = scope(LINK, STATE);
        assertThat(failure(links(list(table(text("ifname"), text("a"), text("mtu"), text("big")))), scope).message())
                .isEqualTo("at .[0].mtu: \"big\" is a text, not int");
        assertThat(failure(links(list(table(text("ifname"), text("a")))), scope).message())
                .isEqualTo("at .[0]: there is no `mtu` in { \"ifname\" = \"a\" }");
        assertThat(failure(links(table()), scope).message()).isEqualTo("{} is an object, not list<Link>");
        assertThat(failure(convert(new Type.Enum("State"), constant(text("dormant"))), scope).notes()).containsExactly("it may be UP, DOWN");
    }

    @Test
    void aPathMayStandForAText() {
        assertThat(Terms.value(convert(Basic.STRING, constant(new Value.Path("/a"))), scope())).isEqualTo(text("/a"));
    }

    @Test
    void ofAUnionTheMemberThatFitsAsItStandsIsTaken() {
        Type union = new Type.Union(List.of(Basic.STRING, Basic.INT, new Type.Symbol("none")));
        assertThat(Terms.value(convert(union, constant(number(5))), scope())).isEqualTo(number(5));
        assertThat(Terms.value(convert(union, constant(text("5"))), scope())).isEqualTo(text("5"));
        assertThat(Terms.value(convert(new Type.Union(List.of(Basic.BOOL, Basic.MAC)), constant(number(1))), scope())).isEqualTo(new Value.Bool(true));
        assertThat(failure(convert(new Type.Union(List.of(Basic.SIZE, new Type.Symbol("none"))), constant(text("much"))), scope()).message())
                .isEqualTo("\"much\" is a text, not size | none");
    }

    @Test
    void anAttributeThatANodeLacksNamesTheNode() {
        KindDef kind = new KindDef("Hypervisor", span("kind"), "", List.of(
                new FieldDef("nic", "", Basic.STRING, Optional.empty()), new FieldDef("cache", "", new Type.Optional(Basic.STRING), Optional.empty())));
        NodeDef node = new NodeDef("n1", span("node n1"), "", Optional.of("Hypervisor"), new LinkedHashMap<>(Map.of(
                "nic", constant(Value.Nothing.NULL), "cache", constant(Value.Nothing.NULL))));
        Scope scope = scope(kind, node);
        assertThat(failure(Make.here("nic"), scope).code()).isEqualTo(Code.MISSING_NODE_ATTRIBUTE);
        assertThat(failure(Make.here("site"), scope).message()).isEqualTo("node `n1` has no `site`");
        assertThat(shown(Make.here("cache"), scope)).isEqualTo("null");
        assertThat(shown(Make.here("name"), scope)).isEqualTo("\"n1\"");
    }

    @Test
    void nodesThatReadEachOthersAttributesForeverAreAnError() {
        NodeDef node = new NodeDef("n1", span("node n1"), "", Optional.empty(), new LinkedHashMap<>(Map.of("a", Make.here("a"))));
        Findings findings = new Findings();
        findings.attempt(span("play"), () -> Terms.value(Make.here("a"), scope(node)));
        assertThat(findings.all()).extracting(Diagnostic::code).containsExactly(Code.RECURSION);
    }

    @Test
    void aQuantifierNamesTheElementThatDecided() {
        Term all = new Term.Quantifier(span("all c in clients: c < 3"), Basic.BOOL, true, "c", constant(list(number(1), number(5), number(7))),
                call(Builtin.LESS, local("c"), constant(number(3))));
        assertThat(shown(all, scope())).isEqualTo("false");
        assertThat(Explanation.of(all, scope())).containsExactly("`c` is 5");
        Term none = new Term.Quantifier(span("all"), Basic.BOOL, true, "c", constant(list()), FAILS);
        assertThat(shown(none, scope())).isEqualTo("true");
    }

    @Test
    void anEnumsMemberIsMatchedWithItsPayload() {
        Value vers = new Value.Member("Option", "vers", "vers", Optional.of(number(4)));
        Term match = new Term.Match(span("match o"), Basic.INT, local("o"), List.of(
                new Term.Arm(List.of(new Term.IsMember("rw", Optional.empty())), constant(number(0))),
                new Term.Arm(List.of(new Term.IsMember("vers", Optional.of("v"))), local("v")),
                new Term.Arm(List.of(new Term.Anything()), constant(number(-1)))));
        assertThat(shown(match, scope().with("o", vers))).isEqualTo("4");
        assertThat(shown(match, scope().with("o", new Value.Member("Option", "ro", "ro", Optional.empty())))).isEqualTo("-1");
        assertThat(shown(match, scope().with("o", new Value.Pinned(text("rw"))))).isEqualTo("-1");
    }

    @Test
    void aSafeFieldOfNullIsNullAndAnotherNamesWhatIsNull() {
        Scope scope = scope().with("link", Value.Nothing.NULL);
        assertThat(failure(field(local("link"), "mtu"), scope).message()).isEqualTo("`link` is null here, and null has no `mtu`");
        assertThat(shown(new Term.Field(span("link?.mtu"), Basic.INT, local("link"), "mtu", true), scope)).isEqualTo("null");
        assertThat(shown(field(local("both"), "kept"), scope().with("both", new Value.Both(number(1), number(2))))).isEqualTo("2");
        assertThat(shown(field(local("r"), "x"), scope().with("r", struct("x", number(3))))).isEqualTo("3");
    }

    @Test
    void aFileTemplateIsFilled() {
        String file = """
                # ${title}
                %{for n in nets}
                iface ${n.name}%{if n.mtu} mtu ${n.mtu}%{end}
                %{end}
                %{if mode == "prod"}
                live
                %{else}
                test
                %{end}
                $${not} %%{this}
                """;
        Value values = table(text("title"), text("t"), text("mode"), text("dev"), text("nets"), list(
                table(text("name"), text("eno1"), text("mtu"), number(9000)), table(text("name"), text("lo"), text("mtu"), Value.Nothing.NULL)));
        assertThat(((Value.Text) filled(file, values)).value()).isEqualTo("""
                # t
                iface eno1 mtu 9000
                iface lo
                test
                ${not} %{this}
                """);
        assertThat(Shown.literal(filled("a ${x}", table(text("x"), unknown("ct"))))).isEqualTo("a (known after ct)");
    }

    @Test
    void aWrongFileTemplateIsRefusedAtItsOwnPlace() {
        assertThatThrownBy(() -> filled("%{if a}%{if b}x%{end}", table(text("a"), number(1), text("b"), number(1))))
                .hasMessage("this is never ended: `%{end}` is missing");
        assertThatThrownBy(() -> filled("x%{end}", table())).hasMessage("nothing is open that this could end");
        assertThatThrownBy(() -> filled("${nope}", table())).hasMessage("nothing gives `nope` to this template");
        assertThatThrownBy(() -> filled("%{while x}%{end}", table())).hasMessageContaining("is none of");
        assertThatThrownBy(() -> filled("%{for x in y}%{end}", table(text("y"), number(1)))).hasMessage("`y` is no list but a whole number");
    }

    private static Value filled(String file, Value values) {
        Scope scope = Scope.of(new World(Make.program(), Make.files(Map.of("a.tpl", file)), Facts.UNKNOWN));
        return Terms.value(call(Builtin.TEMPLATE, constant(text("a.tpl")), constant(values)), scope);
    }
}
