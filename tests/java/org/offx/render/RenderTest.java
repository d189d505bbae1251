package org.offx.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.offx.plan.Plan;
import org.offx.plan.Plan.AttributeChange;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Plan.NodeState;
import org.offx.plan.Plan.PlayPlan;
import org.offx.plan.Plan.Remark;
import org.offx.plan.Plan.Request;
import org.offx.plan.Plan.Seen;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.PlannedStep;
import org.offx.plan.RandomPlans;
import org.offx.plan.Verdict;
import org.offx.render.Render.Format;
import org.offx.text.DisplayWidth;
import org.offx.value.Command;

/** What holds of every text, whatever the plan: its size, its fences, and that nothing in it takes over the terminal. */
final class RenderTest {

    private static final Style PLAIN = new Style(100, false, Detail.FULL);
    private static final Pattern FENCE = Pattern.compile("(?m)^(`{3,})([a-z]*)$");

    @Test
    void aPlanOfTwoHundredTasksIsShortEnoughForAComment() {
        String markdown = Render.plan(large(4, 200, 60), Format.MARKDOWN, PLAIN);
        assertThat(markdown.length()).isBetween(50_000, PlanMarkdown.LIMIT - 1);
        assertThat(markdown).contains("lines are left out here");
        assertThat(fencesLeftOpen(markdown)).isZero();
        assertThat(markdown).as("the risks are not cut").contains("delete 199").contains("**destructive**");
    }

    @Test
    void manyNodesAndLongLinesAreShortEnoughToo() {
        for (Plan plan : List.of(large(1_000, 1, 1), large(100, 3, 200), large(1, 1, 20_000), large(1, 3_000, 0), wide())) {
            String markdown = Render.plan(plan, Format.MARKDOWN, PLAIN);
            assertThat(markdown.length()).isLessThan(PlanMarkdown.LIMIT);
            assertThat(fencesLeftOpen(markdown)).isZero();
        }
    }

    @Test
    void noPlanBreaksTheFormat() {
        for (long seed = 0; seed < 100; seed++) {
            Plan plan = new RandomPlans(seed, 5).plan();
            String markdown = Render.plan(plan, Format.MARKDOWN, PLAIN);
            assertThat(fencesLeftOpen(markdown)).as("seed %d", seed).isZero();
            assertThat(markdown.length()).as("seed %d", seed).isLessThan(PlanMarkdown.LIMIT);
            assertThat(markdown).as("seed %d", seed).isEqualTo(Render.plan(plan, Format.MARKDOWN, PLAIN));
            for (Detail detail : Detail.values()) {
                assertHarmless(Render.plan(plan, Format.TEXT, new Style(80, false, detail)), seed);
            }
            assertHarmless(markdown, seed);
            assertHarmless(Render.report(new RandomPlans(seed, 5).report(), Format.TEXT, PLAIN), seed);
        }
    }

    private static void assertHarmless(String text, long seed) {
        assertThat(text.codePoints().filter(c -> c != '\n').filter(Character::isISOControl).count()).as("seed %d", seed).isZero();
        assertThat(text).as("seed %d", seed).doesNotContain("\u202e").endsWith("\n");
    }

    @Test
    void linesKeepToTheWidthWhereNothingMustBeCopied() {
        String text = Render.plan(large(4, 20, 3), Format.TEXT, new Style(72, false, Detail.FULL));
        assertThat(text.lines().filter(line -> !line.stripLeading().startsWith("$") && !line.startsWith("Apply will")))
                .allSatisfy(line -> assertThat(DisplayWidth.of(line)).as(line).isLessThanOrEqualTo(72));
    }

    @Test
    void colourChangesNothingButColour() {
        for (long seed = 0; seed < 50; seed++) {
            Plan plan = new RandomPlans(seed, 4).plan();
            String coloured = Render.plan(plan, Format.TEXT, new Style(100, true, Detail.FULL));
            String plain = Render.plan(plan, Format.TEXT, PLAIN);
            assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "").lines().map(String::stripTrailing))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(plain.lines().toList());
        }
    }

    /** How many fences are open at the end of a document, read as GitHub Flavored Markdown does. */
    private static int fencesLeftOpen(String markdown) {
        String open = "";
        var fences = FENCE.matcher(markdown);
        while (fences.find()) {
            if (open.isEmpty()) {
                open = fences.group(1);
            } else if (fences.group(2).isEmpty() && fences.group(1).length() >= open.length()) {
                open = "";
            }
        }
        return open.isEmpty() ? 0 : 1;
    }

    /** Each node with tasks of its own that destroy, and that write a file of so many lines. */
    private static Plan large(int nodes, int tasks, int lines) {
        List<NodeState> states = new ArrayList<>();
        List<NodePlan> parts = new ArrayList<>();
        for (int n = 0; n < nodes; n++) {
            String node = "node" + n;
            states.add(new NodeState(node, "10.0.0.1", Optional.empty(), Optional.empty()));
            parts.add(new NodePlan(node, IntStream.range(0, tasks).mapToObj(i -> task(node, i, lines)).toList()));
        }
        return plan(states, parts);
    }

    private static TaskPlan task(String node, int number, int lines) {
        boolean delete = number % 10 == 9;
        String text = IntStream.range(0, lines)
                .mapToObj(i -> "setting_" + i + " = value " + i + " of " + node)
                .collect(Collectors.joining("\n", "", "\n"));
        return new TaskPlan(
                "file " + (delete ? "delete " : "") + number,
                "p.offx:1:1",
                delete ? new Verdict.Delete() : new Verdict.Create(),
                List.of(new AttributeChange("owner", Optional.empty(), Optional.of("\"root\""), Optional.empty())),
                List.of(new PlannedStep.Run(Command.of("touch", "/srv/" + number), Optional.empty(), Optional.empty(), List.of()),
                        new PlannedStep.Edit(
                                "/srv/" + number, Optional.empty(), new PlannedStep.Content.Plain(text), OptionalInt.of(0644),
                                Optional.empty(), Optional.empty(), Optional.empty())),
                delete ? List.of(new Remark("destroys", List.of("everything in " + number))) : List.of(),
                List.of(),
                delete,
                Optional.empty(),
                List.of(),
                new Seen.Absent());
    }

    /** Names, reasons and warnings without end. */
    private static Plan wide() {
        String endless = "word `tick` | ".repeat(3_000);
        List<TaskPlan> tasks = IntStream.range(0, 300)
                .mapToObj(i -> TaskPlan.of(endless + i, "p.offx:1:1", new Verdict.Blocked(endless), new Seen.NotRead()))
                .toList();
        return new Plan(
                endless,
                new Request(List.of(), List.of(), List.of(), List.of()),
                new LinkedHashMap<>(),
                List.of(new NodeState(endless, "x", Optional.empty(), Optional.empty()),
                        new NodeState("down", "x", Optional.of(endless), Optional.empty())),
                List.of(new PlayPlan(endless, List.of(), List.of(new NodePlan(endless, tasks)))),
                List.of(endless, endless),
                Optional.empty());
    }

    private static Plan plan(List<NodeState> nodes, List<NodePlan> parts) {
        return new Plan(
                "large.offx",
                new Request(List.of(), List.of(), List.of(), List.of()),
                new LinkedHashMap<>(),
                nodes,
                List.of(new PlayPlan("Everything", List.of(), parts)),
                List.of(),
                Optional.empty());
    }
}
