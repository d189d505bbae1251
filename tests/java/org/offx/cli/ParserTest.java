package org.offx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offx.cli.Command.Wrong;

final class ParserTest {

    private static final Usage PLAN = new PlanCommand().usage();
    private static final Usage APPLY = new ApplyCommand().usage();

    @ParameterizedTest
    @ValueSource(strings = {
        "--out=p.json a.offx", "--out p.json a.offx", "-o p.json a.offx", "-op.json a.offx", "-o=p.json a.offx",
        "a.offx --out p.json", "a.offx -o p.json --", "--out p.json -- a.offx"
    })
    void aValueIsWrittenInEveryUsualWay(String line) throws Wrong {
        assertThat(Parser.parse(PLAN, List.of(line.split(" "))))
                .isEqualTo(new Given(Map.of("--out", List.of("p.json")), List.of("a.offx")));
    }

    @Test
    void argumentsStandBetweenOptionsAndKeepTheirOrder() throws Wrong {
        Given given = Parser.parse(PLAN, List.of("b.offx", "--exit-code", "a.offx", "--diff", "none", "c.offx"));
        assertThat(given.arguments()).containsExactly("b.offx", "a.offx", "c.offx");
        assertThat(given.has("--exit-code")).isTrue();
        assertThat(given.has("--state")).isFalse();
        assertThat(given.text("--state")).isEmpty();
    }

    @Test
    void namesAreListedWithCommasOrOneByOne() throws Wrong {
        Given given = Parser.parse(PLAN, List.of("--limit", "ovh1,ovh2", "a.offx", "--limit=storage"));
        assertThat(given.list("--limit")).containsExactly("ovh1", "ovh2", "storage");
    }

    @Test
    void aNameOfWhatIsConsentedToKeepsItsCommasAndQuotes() throws Wrong {
        Given given = Parser.parse(APPLY, List.of("--consent", "destroy a, b", "--consent", "\"quoted\"", "a.offx"));
        assertThat(given.list("--consent")).containsExactly("destroy a, b", "\"quoted\"");
    }

    @Test
    void lettersWithoutAValueStandTogether() throws Wrong {
        assertThat(Parser.parse(APPLY, List.of("-yh")).options()).containsOnlyKeys("--yes", "--help");
        assertThat(Parser.parse(APPLY, List.of("-yFssh.conf", "a.offx")).text("--ssh-config")).contains("ssh.conf");
    }

    @Test
    void afterTwoDashesNothingIsAnOption() throws Wrong {
        assertThat(Parser.parse(PLAN, List.of("--", "--out", "-help", "--")).arguments()).containsExactly("--out", "-help", "--");
    }

    @Test
    void aValueThatLooksLikeAnOptionIsWrittenBehindTheEqualsSign() throws Wrong {
        assertThat(Parser.parse(PLAN, List.of("--out=--fromat", "--state=-", "a.offx")).options())
                .isEqualTo(Map.of("--out", List.of("--fromat"), "--state", List.of("-")));
        assertThatThrownBy(() -> Parser.parse(PLAN, List.of("--out", "--fromat", "a.offx"))).isInstanceOf(Wrong.class);
    }

    @Test
    void aCommandForNodesIsOneWordWhateverItHolds() throws Wrong {
        Given given = Parser.parse(new ExecCommand().usage(), List.of("ls -la --color=no", "on", "ovh1,", "storage", "--timeout", "5"));
        assertThat(given.arguments()).containsExactly("ls -la --color=no", "on", "ovh1,", "storage");
    }

    @Test
    void helpIsGivenToThoseWhoDoNotKnowTheArgumentsYet() throws Wrong {
        for (String name : Commands.all().keySet()) {
            Usage usage = Commands.all().get(name).command().get().usage();
            assertThat(usage.command()).isEqualTo(name);
            assertThat(Parser.parse(usage, List.of("-h")).has("--help")).isTrue();
            assertThat(Parser.parse(usage, List.of("what", "ever", "this", "--help")).has("--help")).isTrue();
        }
    }

    @Test
    void manyFilesAreNoMoreThanMany() throws Wrong {
        List<String> files = Collections.nCopies(20_000, "a.offx");
        assertThat(Parser.parse(PLAN, files).arguments()).isEqualTo(files);
    }

    @Test
    void theSameFileIsNamedInOneWay() throws Wrong {
        assertThat(Parser.parse(PLAN, List.of("plays//web.offx", "plays/")).files()).containsExactly("plays/web.offx", "plays");
    }
}
