package org.offx.eval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.offx.check.Definition.PlayDef;
import org.offx.check.Definition.Require;
import org.offx.check.Definition.Setting;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Plays: their nodes, their settings, their gates. */
final class Plays {

    private final World world;
    private final Findings findings;

    Plays(World world, Findings findings) {
        this.world = world;
        this.findings = findings;
    }

    /** A play before the checks that look at the whole catalog. */
    record PlayDraft(PlayDef definition, Catalog.Settings settings, List<NodeDraft> nodes) {}

    record NodeDraft(
            String node,
            List<Catalog.Requirement> requirements,
            List<Task.Confirmation> checks,
            Optional<Task.Guard> together,
            List<Expansion.Draft> items) {

        NodeDraft with(List<Expansion.Draft> others) {
            return new NodeDraft(node, requirements, checks, together, others);
        }
    }

    PlayDraft play(PlayDef play) {
        Optional<List<String>> set = findings.attempt(
                play.span(), () -> NodeSets.nodes(Terms.value(play.nodes(), Scope.of(world))));
        List<String> nodes = set.orElse(List.of());
        if (set.isPresent() && nodes.isEmpty()) {
            findings.add(Diagnostic.warning(Code.EMPTY_NODE_SET, play.nodes().span(), "the play \"" + play.name() + "\" has no node")
                    .here("this set is empty"));
        }
        return new PlayDraft(play, settings(play, nodes.size()), nodes.stream().map(node -> node(play, node)).toList());
    }

    private NodeDraft node(PlayDef play, String node) {
        Scope scope = Scope.of(world, node);
        List<Catalog.Requirement> requirements = new ArrayList<>();
        for (Require require : play.requires()) {
            findings.attempt(require.span(), () -> requirement(require, scope)).ifPresent(requirements::add);
        }
        List<Task.Confirmation> checks = play.checks().stream()
                .map(check -> (Task.Confirmation) new Condition(check.condition(), scope))
                .toList();
        Optional<Task.Guard> together = play.together().flatMap(guard -> findings.attempt(guard.span(), () -> new Task.Guard(
                guard.span(),
                Terms.duration(guard.within(), scope).orElse(Task.Guard.PATIENCE),
                Optional.of(new Condition(guard.confirm(), scope)))));
        return new NodeDraft(node, requirements, checks, together, Expansion.of(play.tasks(), scope, findings));
    }

    private static Catalog.Requirement requirement(Require require, Scope scope) {
        return new Catalog.Requirement(
                Shown.text(Terms.value(require.reason(), scope)),
                new Condition(require.condition(), scope),
                require.patience().flatMap(term -> Terms.duration(term, scope)).orElse(Duration.ZERO));
    }

    private Catalog.Settings settings(PlayDef play, int nodes) {
        return new Catalog.Settings(
                setting(play, "serial", (setting, value) -> serial(setting, value, nodes)).orElse(List.of()),
                setting(play, "max_failures", (setting, value) -> whole(setting, value, 0)).orElse(0),
                setting(play, "priority", (setting, value) -> Shown.text(value).equals("low")).orElse(false),
                setting(play, "tags", (setting, value) -> Lists.elements(value).stream().map(Shown::text).toList()).orElse(List.of()));
    }

    /** What the play sets; empty where it does not, or where that makes no sense, which is noted. */
    private <T> Optional<T> setting(PlayDef play, String name, BiFunction<Setting, Value, T> read) {
        return play.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .flatMap(setting -> findings.attempt(
                        setting.span(), () -> read.apply(setting, Terms.value(setting.value(), Scope.of(world)))));
    }

    /** Batch sizes in nodes: a share is rounded up, and at least one. */
    private static List<Integer> serial(Setting setting, Value value, int nodes) {
        List<Value> sizes = value instanceof Value.Items(List<Value> values) ? values : List.of(value);
        return sizes.stream()
                .map(size -> size instanceof Value.Percent(double percent) ? share(setting, percent, nodes) : whole(setting, size, 1))
                .toList();
    }

    private static int share(Setting setting, double percent, int nodes) {
        if (percent <= 0 || percent > 100) {
            throw bad(setting, Shown.literal(new Value.Percent(percent)) + " of the nodes is no batch: it is more than 0% and at most 100%");
        }
        return Math.max(1, (int) Math.ceil(nodes * percent / 100));
    }

    private static int whole(Setting setting, Value value, int least) {
        if (value instanceof Value.Int(long number) && number >= least) {
            return Math.clamp(number, least, Integer.MAX_VALUE);
        }
        throw bad(setting, "`" + setting.name() + "` is a number of nodes, at least " + least + ", not " + Shown.literal(value));
    }

    private static EvalFailure bad(Setting setting, String message) {
        return new EvalFailure(Diagnostic.error(Code.BAD_SETTING, setting.value().span(), message));
    }
}
