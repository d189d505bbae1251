package org.offx.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offx.check.Check;
import org.offx.check.Checked;
import org.offx.check.MemorySources;
import org.offx.eval.Evaluation;
import org.offx.eval.Facts;
import org.offx.text.DiagnosticText;
import org.offx.text.Span;
import org.offx.value.Value;

/** Where a playbook gives away the secrets that a saved plan must not carry. */
final class DisclosureTest {

    private static final String LIBRARY = """
            struct Login { user: string, password: secret<string> }
            resource vault(name: string) {
                secret_: secret<string>
                login:   Login
                observe { absent }
                create { run `true` input secret_ }
            }
            action tell(word: secret<string>) { perform { run `true` input word } }
            """;

    @ParameterizedTest
    @ValueSource(strings = {
        "vault \"v\" { secret_ = \"1234\" }",
        "let word = \"1234\"\n vault \"v\" { secret_ = word }",
        "vault \"v\" { secret_ = \"${\"1234\"}\" }",
        "vault \"v\" { secret_ = \"quo\\\"ted\\\\\" }",
        "vault \"v\" { login = { user = \"u\", password = \"1234\" } }",
        "tell(\"1234\")",
        "vault \"v\" { secret_ = \"\"\"\n      -----BEGIN KEY-----\n      abc\n      \"\"\"\n }",
        "vault \"v\" { secret_ = \" pass phrase \".trim() }",
    })
    void aSecretInTheTextIsFoundHoweverItIsWritten(String body) {
        assertThat(places(body, Map.of(), Facts.UNKNOWN)).hasSize(1).allMatch(span -> span.source().name().equals("main.offx"));
    }

    @Test
    void thePlaceIsThatOfTheLiteral() {
        Span place = places("vault \"v\" { secret_ = \"1234\" }", Map.of(), Facts.UNKNOWN).getFirst();
        assertThat(place.text()).isEqualTo("1234");
    }

    @Test
    void aLongOneIsFoundInACommentAndInOtherFilesToo() {
        String body = "vault \"v\" { secret_ = pin }";
        assertThat(places(body + " # it is correcthorse", Map.of("conf.tpl", "key=correcthorse\n"), read("correcthorse")))
                .extracting(Span::place)
                .containsExactly("conf.tpl:1:5", "main.offx:3:53");
    }

    @Test
    void whatIsReadFromANodeGivesNothingAway() {
        String body = "vault \"v\" { secret_ = pin, login = { user = \"on\", password = pin } }";
        assertThat(places(body, Map.of(), read("on the node"))).isEmpty();
        assertThat(places(body, Map.of(), read(""))).as("an empty secret is nowhere and everywhere").isEmpty();
        assertThat(places(body, Map.of(), Facts.UNKNOWN)).isEmpty();
    }

    @Test
    void aShortOneMayBeAPartOfSomethingElse() {
        assertThat(places("vault \"12345\" { secret_ = pin }", Map.of("other.txt", "1234"), read("1234"))).isEmpty();
    }

    private static Facts read(String secret) {
        return request -> new Value.Secret(new Value.Text(secret));
    }

    private static List<Span> places(String body, Map<String, String> more, Facts facts) {
        String main = "node a { address = 10.0.0.1 }\nfact pin: secret<string> = (probe `pin`).out\nplay \"p\" on a { " + body + "\n}\n";
        MemorySources sources = new MemorySources(Map.of("lib/base.offx", LIBRARY, "main.offx", main));
        Checked checked = Check.program(List.of(sources.file("main.offx").orElseThrow()), sources);
        assertThat(DiagnosticText.of(checked.diagnostics(), 100)).isEmpty();
        SequencedMap<String, String> texts = new LinkedHashMap<>(more);
        texts.put("main.offx", main);
        return Disclosure.of(new Evaluation(checked.program(), sources).catalog(facts).catalog(), texts);
    }
}
