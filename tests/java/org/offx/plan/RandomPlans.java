package org.offx.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.offx.plan.Plan.AttributeChange;
import org.offx.plan.Plan.GuardNote;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Plan.NodeState;
import org.offx.plan.Plan.PlayPlan;
import org.offx.plan.Plan.Remark;
import org.offx.plan.Plan.Request;
import org.offx.plan.Plan.Seen;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.PlannedStep.Content;
import org.offx.plan.Report.NodeEnd;
import org.offx.plan.Report.NodeReport;
import org.offx.plan.Report.Outcome;
import org.offx.plan.Report.PlayReport;
import org.offx.plan.Report.TaskReport;
import org.offx.value.Command;

/** Plans and reports of every shape, from a seed: the same seed, the same plan. */
public final class RandomPlans {

    private static final List<String> TEXTS = List.of(
            "", "x", "zfs.dataset \"rpool/x\"", "a\nb\n", "tab\there", "größe 東京 👋", "```\nfence\n````", "| bar <b> & `tick`",
            "\u001b[31mred", "\\n \\\\ \"quoted\"", "(secret:0a1b)", "[1, [2, \"a, b\"], {x = 3}]", "word ".repeat(300), "\u202eevil",
            "@everybody", "</details>", "-- >", "10.0.0.0/8");

    private final Random random;
    private final int size;

    public RandomPlans(long seed, int size) {
        this.random = new Random(seed);
        this.size = size;
    }

    public Plan plan() {
        List<NodeState> nodes = list(this::node);
        return new Plan(
                text(), new Request(texts(), texts(), texts(), texts()), map(), nodes, list(() -> play(nodes)), texts(), maybe(this::text));
    }

    public Report report() {
        return new Report(
                text(),
                list(() -> new PlayReport(text(), list(() -> new NodeReport(text(), list(this::taskReport))))),
                list(() -> new NodeEnd(text(), maybe(this::text), random.nextBoolean(), time())),
                texts(),
                random.nextBoolean());
    }

    private NodeState node() {
        return new NodeState(text(), text(), maybe(this::text), maybe(() -> Instant.ofEpochMilli(random.nextLong(1L << 41))));
    }

    private PlayPlan play(List<NodeState> nodes) {
        List<NodePlan> parts = new ArrayList<>();
        nodes.forEach(node -> parts.add(new NodePlan(node.name(), list(this::task))));
        return new PlayPlan(text(), list(() -> random.nextInt(9)), parts);
    }

    private TaskPlan task() {
        return new TaskPlan(
                text(),
                text(),
                verdict(),
                list(this::change),
                list(() -> step(2)),
                list(() -> new Remark(text(), texts())),
                texts(),
                random.nextBoolean(),
                maybe(() -> new GuardNote(time(), text(), list(() -> step(2)), random.nextBoolean(), random.nextBoolean())),
                texts(),
                seen());
    }

    private Seen seen() {
        return switch (random.nextInt(3)) {
            case 0 -> new Seen.NotRead();
            case 1 -> new Seen.Absent();
            default -> new Seen.There(map());
        };
    }

    private Verdict verdict() {
        return switch (random.nextInt(14)) {
            case 0 -> new Verdict.Create();
            case 1 -> new Verdict.Update();
            case 2 -> new Verdict.Replace();
            case 3 -> new Verdict.Rename(text());
            case 4 -> new Verdict.Delete();
            case 5 -> new Verdict.Act(texts());
            case 6 -> new Verdict.Blocked(text());
            case 7 -> new Verdict.Pending(text());
            case 8 -> new Verdict.Drifted();
            case 9 -> new Verdict.Deferred(text(), maybe(this::verdict));
            case 10 -> new Verdict.Unknown(text());
            case 11 -> new Verdict.Unreachable(text());
            case 12 -> new Verdict.Failed(text());
            default -> new Verdict.Ok();
        };
    }

    private PlannedStep step(int depth) {
        return switch (random.nextInt(depth > 0 ? 5 : 4)) {
            case 0 -> new PlannedStep.Run(command(), maybe(this::content), maybe(this::time), accepted());
            case 1 -> new PlannedStep.Settle(command());
            case 2 -> new PlannedStep.Wait(command(), time());
            case 3 -> new PlannedStep.Edit(
                    text(),
                    maybe(this::content),
                    content(),
                    random.nextBoolean() ? OptionalInt.of(random.nextInt(0x1000)) : OptionalInt.empty(),
                    maybe(this::text),
                    maybe(this::text),
                    maybe(this::command));
            default -> new PlannedStep.OnNode(text(), list(() -> step(depth - 1)));
        };
    }

    private List<Integer> accepted() {
        return random.ints(random.nextInt(4), 1, 256).sorted().distinct().boxed().toList();
    }

    private Command command() {
        List<List<String>> stages = new ArrayList<>(List.of(List.of("zfs", text())));
        if (random.nextBoolean()) {
            stages.add(List.of("sort", text(), text()));
        }
        return new Command(stages);
    }

    private Content content() {
        return random.nextInt(9) == 0 ? new Content.Kept() : random.nextBoolean() ? new Content.Plain(text()) : new Content.Hidden("ab12");
    }

    private AttributeChange change() {
        return new AttributeChange(text(), maybe(this::text), maybe(this::text), maybe(this::text));
    }

    private TaskReport taskReport() {
        return new TaskReport(text(), outcome(), list(this::change), time());
    }

    private Outcome outcome() {
        return switch (random.nextInt(10)) {
            case 0 -> new Outcome.Changed(Outcome.How.values()[random.nextInt(Outcome.How.values().length)]);
            case 1 -> new Outcome.Pending(text());
            case 2 -> new Outcome.Drifted();
            case 3 -> new Outcome.Failed(text(), maybe(this::text), texts());
            case 4 -> new Outcome.UnknownOutcome(text(), text());
            case 5 -> new Outcome.RolledBack(text());
            case 6 -> new Outcome.Undone(text());
            case 7 -> new Outcome.Skipped(text());
            case 8 -> new Outcome.NotReached(text());
            default -> new Outcome.Unchanged();
        };
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private List<String> texts() {
        return list(this::text);
    }

    private Duration time() {
        return Duration.ofMillis(random.nextInt(1_000_000));
    }

    private SequencedMap<String, String> map() {
        SequencedMap<String, String> map = new LinkedHashMap<>();
        list(this::text).forEach(key -> map.put(key, text()));
        return map;
    }

    private <T> List<T> list(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        int count = random.nextInt(size);
        for (int i = 0; i < count; i++) {
            list.add(element.get());
        }
        return list;
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }
}
