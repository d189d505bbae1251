package org.offx.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offx.plan.Plan.Request;

/** Saved plans and reports: read back exactly, or refused in words. */
final class PlanJsonTest {

    private static final Plan EMPTY = new Plan(
            "empty.offx", new Request(List.of(), List.of(), List.of(), List.of()), new LinkedHashMap<>(), List.of(), List.of(), List.of(), Optional.empty());

    @Test
    void everyPlanIsReadBackExactly() {
        for (long seed = 0; seed < 200; seed++) {
            Plan plan = new RandomPlans(seed, 4).plan();
            assertThat(PlanJson.read(PlanJson.write(plan))).as("seed %d", seed).isEqualTo(new Saved.Read<>(plan));
        }
    }

    @Test
    void everyReportIsReadBackExactly() {
        for (long seed = 0; seed < 200; seed++) {
            Report report = new RandomPlans(seed, 4).report();
            assertThat(ReportJson.read(ReportJson.write(report)))
                    .as("seed %d", seed)
                    .isEqualTo(new Saved.Read<>(report));
        }
    }

    @Test
    void anEmptyPlanIsAPlan() {
        assertThat(PlanJson.read(PlanJson.write(EMPTY))).isEqualTo(new Saved.Read<>(EMPTY));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "~~|it is not an object",
        "nonsense|it is not JSON: line 1, column 1",
        "[1, 2]|it is not an object",
        "{\"format\": \"offx-plan\", |it is not JSON: line 1, column 24",
        "{}|it is not a plan of offx",
        "{\"format\": \"offx-report\"}|it is not a plan of offx, but \"offx-report\"",
        "{\"format\": \"offx-plan\"}|`version` is missing",
        "{\"format\": \"offx-plan\", \"version\": 1}|version is not a text",
    })
    void whatIsNoPlanIsRefused(String text, String reason) {
        assertThat(PlanJson.read(text)).isEqualTo(new Saved.Refused<>(reason));
    }

    @Test
    void aPlanOfALaterMajorVersionIsRefused() {
        String later = PlanJson.write(EMPTY).replace("\"1.2\"", "\"2.3\"");
        assertThat(PlanJson.read(later)).isEqualTo(new Saved.Refused<>(
                "it is of version 2.3 of its format, and this offx reads version 1.2: use the offx that wrote it, or make it anew"));
    }

    @Test
    void aPlanOfALaterMinorVersionIsRead() {
        String later = PlanJson.write(EMPTY).replace("\"1.2\"", "\"1.7\"").replaceFirst("\\{", "{ \"invented\": [1],");
        assertThat(PlanJson.read(later)).isEqualTo(new Saved.Read<>(EMPTY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"name\": \"x\"", "\"verdict\": \"create\"", "\"step\": \"run\"", "\"within\": \"PT1M\"", "\"mode\": \"644\""})
    void aMistakeIsNamedByItsPlace(String part) {
        String text = """
                {"format": "offx-plan", "version": "1.0", "title": "t", "request": {}, "sources": {}, "nodes": [],
                 "plays": [{"title": "p", "nodes": [{"node": "n", "tasks": [
                   {"name": "x", "place": "p", "verdict": "create", "guard": {"within": "PT1M", "until": "u"},
                    "steps": [{"step": "run", "command": [["ls"]]}, {"step": "edit", "path": "/", "after": {"text": ""}, "mode": "644"}]}]}]}]}
                """;
        assertThat(PlanJson.read(text)).isInstanceOf(Saved.Read.class);
        String field = part.substring(1, part.indexOf('"', 1));
        assertThat(PlanJson.read(text.replace(part, "\"" + field + "\": \"?!\""))).satisfies(result -> {
            if (!field.equals("name")) {
                assertThat(((Saved.Refused<Plan>) result).reason()).startsWith("plays[0].nodes[0].tasks[0].").contains(field);
            }
        });
        assertThat(((Saved.Refused<Plan>) PlanJson.read(text.replace(part, "\"" + field + "\": 7"))).reason())
                .startsWith("plays[0].nodes[0].tasks[0].")
                .contains(field + " is not a");
    }

    @Test
    void anyDamageIsRefusedOrReadButNeverABug() {
        String text = PlanJson.write(new RandomPlans(7, 3).plan());
        for (int cut = 0; cut < text.strip().length(); cut += 7) {
            assertThat(PlanJson.read(text.substring(0, cut))).isInstanceOf(Saved.Refused.class);
            assertThat(PlanJson.read(text.substring(0, cut) + text.substring(cut + 1))).isNotNull();
        }
    }
}
