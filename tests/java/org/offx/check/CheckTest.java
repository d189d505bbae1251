package org.offx.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.offx.syntax.Syntax;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Source;
import org.offx.tree.Expr;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** What a program holds, and what a prompt may ask of it; the words of errors are in the golden files. */
final class CheckTest {

    private static Checked check(String main, String... others) {
        Map<String, String> files = new HashMap<>(SmallLibrary.FILES);
        files.put("main.offx", main);
        for (int i = 0; i < others.length; i += 2) {
            files.put(others[i], others[i + 1]);
        }
        MemorySources sources = new MemorySources(files);
        return Check.program(List.of(sources.file("main.offx").orElseThrow()), sources);
    }

    private static Expr expr(String text) {
        return Syntax.expression(new Source("<prompt>", text)).node().orElseThrow();
    }

    @Test
    void namesAreQualifiedByTheirModuleAndByTheirFileOnlyWhereTheyMeet() {
        Checked checked = check(
                "use zfs\nuse \"a.offx\" as a\nlet x = 1\nrole r() {}", "a.offx", "let x = 2\nlet y = x");
        assertThat(checked.diagnostics()).isEmpty();
        assertThat(checked.program().lets()).containsOnlyKeys("x", "a.offx#x", "y");
        assertThat(checked.program().resources()).containsKeys("zfs.dataset", "file").doesNotContainKey("dataset");
        assertThat(checked.program().roles()).containsOnlyKeys("r");
        assertThat(checked.program().sources()).extracting(Source::name).contains("main.offx", "a.offx", "lib/zfs.offx");
    }

    @Test
    void playsOfFilesThatAreUsedUnderANameStayTheirs() {
        Checked checked = check(
                "use \"a.offx\"\nuse \"b.offx\" as b\nplay \"main\" on n {}",
                "a.offx", "node n {}\nplay \"a\" on n {}",
                "b.offx", "use \"a.offx\"\nplay \"b\" on n {}");
        assertThat(checked.diagnostics()).isEmpty();
        assertThat(checked.program().plays()).extracting(Definition.PlayDef::name).containsExactlyInAnyOrder("main", "a");
    }

    @Test
    void everyNodeHasWhatEveryNodeHas() {
        Checked checked = check("kind K { x: int = 5, y: string? }\nnode n: K { address = 10.0.0.1 }\nnode m {}");
        assertThat(checked.diagnostics()).isEmpty();
        assertThat(checked.program().nodes().get("n").attributes().keySet())
                .contains("x", "y", "name", "address", "user", "port", "become");
        assertThat(checked.program().nodes().get("n").attributes().get("address").type()).isEqualTo(Basic.STRING);
        assertThat(checked.program().nodes().get("m").attributes().get("address"))
                .hasToString(checked.program().nodes().get("m").attributes().get("name").toString());
    }

    @Test
    void aPromptSeesWhatTheFileSeesAndItsOwnLocals() {
        Checked checked = check("use zfs, net\nlet mtu = 9000\nnode n { rack = 5 }");
        Sight.CheckedTerm sum = checked.sight().expression(expr("mtu + extra"), Map.of("extra", Basic.INT));
        assertThat(sum.diagnostics()).isEmpty();
        assertThat(sum.term().type()).isEqualTo(Basic.INT);
        assertThat(checked.sight().expression(expr("node.rack"), Map.of()).term().type()).isEqualTo(Basic.INT);
        assertThat(checked.sight().expression(expr("(probe `id`).out"), Map.of()).diagnostics()).isEmpty();
        assertThat(checked.sight().expression(expr("mtv"), Map.of()).diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(Code.UNKNOWN_NAME);
        assertThat(checked.sight().expression(expr("mtu"), Map.of()).diagnostics()).as("errors of before are forgotten").isEmpty();
    }

    @Test
    void aPromptChecksTasksAndCompletesNames() {
        Checked checked = check("use zfs, net\nlet mtu = 9000\nnode n { rack = 5 }");
        var task = Syntax.task(new Source("<prompt>", "zfs.dataset \"a\" { quota = 5GiB }")).node().orElseThrow();
        assertThat(checked.sight().tasks(List.of(task), Map.of()).diagnostics()).isEmpty();
        assertThat(checked.sight().tasks(List.of(task), Map.of()).tasks()).hasSize(1);
        assertThat(checked.sight().values()).contains("mtu", "n", "net.full_mesh", "cidr", "zfs");
        assertThat(checked.sight().heads()).contains("zfs.dataset", "file", "net.reload").doesNotContain("dataset");
        assertThat(checked.sight().members(Basic.STRING)).contains("trim", "lines").doesNotContain("keys");
        assertThat(checked.sight().members(new Type.Node(""))).contains("address", "rack");
    }

    @Test
    void aWrongProgramIsStillComplete() {
        Checked checked = check("let a: int = \"x\"\nfn f(x: Strange): int = b\nplay \"p\" on nobody { nothing {} }");
        assertThat(checked.hasErrors()).isTrue();
        assertThat(checked.program().lets()).containsKey("a");
        assertThat(checked.program().functions()).containsKey("f");
        assertThat(checked.program().plays()).hasSize(1);
    }

    @Test
    void manyNamesAndDeepNestingAreNoTrouble() {
        StringBuilder text = new StringBuilder("let v0 = 1\n");
        for (int i = 1; i < 2_000; i++) {
            text.append("fn f").append(i).append("(x: int): int = x + ").append(i).append("\n");
        }
        text.append("let deep = ").append("(".repeat(100)).append("1").append(")".repeat(100)).append("\n");
        Checked checked = check(text.toString());
        assertThat(checked.diagnostics()).isEmpty();
        assertThat(checked.program().functions()).hasSizeGreaterThanOrEqualTo(1_999);
    }

    @ParameterizedTest
    @EnumSource(Builtin.class)
    void everySignatureCanBeRead(Builtin builtin) {
        if (builtin.signature().startsWith("operator ")) {
            return;
        }
        Signature signature = Signature.read(builtin);
        assertThat(signature.name()).isEqualTo(Signature.surfaceName(builtin.signature()));
        assertThat(signature.receiver().isPresent()).isEqualTo(Signature.isMethod(builtin.signature()));
    }

    @Test
    void everyMistakeThatTheCheckerFindsHasItsPage() throws Exception {
        Set<Code> found = EnumSet.range(Code.UNKNOWN_NAME, Code.NOT_EXHAUSTIVE);
        found.addAll(EnumSet.of(
                Code.BAD_SETTING, Code.MISSING_NODE_ATTRIBUTE, Code.UNKNOWN_NODE));
        for (Code code : found) {
            try (var page = Check.class.getResourceAsStream("/explain/" + code.id() + ".md")) {
                assertThat(page).as(code.id()).isNotNull();
                assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("# " + code.id() + ": ")
                        .contains("Before:")
                        .contains("After:");
            }
        }
    }

    @Test
    void whatIsWrongElsewhereIsSaidAlsoWhereItIsMetWhileSomethingIsTriedOut() {
        String broken = "\nlet b = 5 + \"s\"\n";
        assertThat(check("let a = \"x-y\".replace(b, \"_\")" + broken).diagnostics()).extracting(d -> d.span().line()).containsExactly(2);
        assertThat(check("let a: Strange = b" + broken).diagnostics()).extracting(d -> d.span().line()).containsExactly(1, 2);
        assertThat(check("""
                fn cut(x: string): string = x.replace(mark(x), "")
                fn mark(x: string) = "## ${x.uper()}"
                """).diagnostics()).extracting(Diagnostic::code).containsExactly(Code.UNKNOWN_MEMBER);
        assertThat(check("resource r(n: string) {\nobserve { absent }\ncreate { run `a` input b }\n}" + broken).diagnostics())
                .extracting(d -> d.span().line())
                .containsExactly(5);
    }

    @Test
    void aTextThatIsMadeASecretByItsStepIsOne() {
        Checked checked = check("""
                resource r(n: string) {
                    word: string
                    open: bool
                    observe { absent }
                    create {
                        edit "/a" { text => "token=${word ?? ""}" as secret<string> }
                        run `b` input (word ?? "") as secret<string>
                        edit "/c" { text => if open == true then text else (text as secret<string>) }
                        edit "/d" { text => text }
                    }
                }
                """);
        assertThat(checked.diagnostics()).isEmpty();
        List<StepTerm> steps = checked.program().resources().get("r").operations().getFirst().steps();
        assertThat(steps).extracting(CheckTest::given).extracting(term -> Types.isSecret(term.type())).containsExactly(true, true, true, false);
        assertThat(((Term.If) given(steps.get(2))).then().type()).as("what is plain stays so").isEqualTo(Basic.STRING);
        assertThat(Types.isSecret(((Term.If) given(steps.get(2))).otherwise().type())).isTrue();
    }

    private static Term given(StepTerm step) {
        return switch (step) {
            case StepTerm.Edit edit -> edit.result();
            case StepTerm.Run run -> run.input().orElseThrow();
            default -> throw new AssertionError(step);
        };
    }

    /** A call that is checked twice at each level would be checked 2^40 times. */
    @Test
    void callsOfOverloadsInOneAnotherTakeNoLongerThanOthers() {
        StringBuilder nested = new StringBuilder("\"x\"");
        for (int i = 0; i < 40; i++) {
            nested.insert(0, "\"a\".replace(").append(", \"x\")");
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> assertThat(check("let deep = " + nested).diagnostics()).isEmpty());
    }

    @Test
    void theFirstArgumentChoosesTheOverload() {
        assertThat(check("""
                let net  = 10.0.0.0/8
                let dots = regex("[.]")
                let a: string = "a.b".replace(dots, "-") + "a.b".replace(".", "-") + "a.b".replace(new = "-", old = dots)
                let b: bool = net.contains("10.0.0.1") and net.contains(10.1.0.0/16) and net.contains("10.1.0.0/16")
                """).diagnostics()).isEmpty();
        assertThat(check("let net = 10.0.0.0/8\nlet b: bool = net.contains(\"nowhere\")").diagnostics())
                .singleElement()
                .satisfies(one -> assertThat(one.message()).isEqualTo("`nowhere` is no IP address"));
        assertThat(check("let b = \"a\".replace(1, \"\")").diagnostics()).hasSize(1);
    }

    @Test
    void aChainOfValuesThatIsTooLongForTheStackIsAMistakeOfThePlaybook() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("let v").append(i).append(" = v").append(i + 1).append('\n');
        }
        Checked checked = check(text + "let v20000 = 1\n");
        assertThat(checked.diagnostics()).isNotEmpty().allSatisfy(one -> assertThat(one.code()).isEqualTo(Code.NESTING));
        assertThat(check("let v0 = v1\nlet v1: int = v2\nlet v2 = 1\n").diagnostics()).isEmpty();
    }
}
