package org.offx.eval;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.offx.value.Shown;
import org.offx.value.Value;

/** A catalog as text, for people who look at what a playbook means and for golden files. The same catalog gives the same text. */
public final class CatalogText {

    private final StringBuilder text = new StringBuilder();

    private CatalogText() {}

    /** Each line ends with a line feed. */
    public static String of(Catalog catalog) {
        CatalogText writer = new CatalogText();
        catalog.plays().forEach(writer::play);
        return writer.text.toString();
    }

    private void play(Catalog.Play play) {
        line(0, "play \"" + play.title() + "\"" + (play.definition().oneOf() ? " on one of" : ""));
        settings(play.settings());
        for (Catalog.NodeItems node : play.nodes()) {
            line(1, node.node());
            node.together().ifPresent(guard -> line(2, "guarded together " + guarded(guard)));
            node.requirements().forEach(r -> line(2, "require \"" + r.reason() + "\" { " + r.condition().shown() + " }"
                    + (r.patience().isZero() ? "" : " wait " + time(r.patience()))));
            node.items().forEach(this::item);
            node.checks().forEach(check -> line(2, "check { " + check.shown() + " }"));
        }
    }

    private void settings(Catalog.Settings settings) {
        if (!settings.serial().isEmpty()) {
            line(1, "serial = " + settings.serial());
        }
        if (settings.maxFailures() != 0) {
            line(1, "max_failures = " + settings.maxFailures());
        }
        if (settings.lowPriority()) {
            line(1, "priority = low");
        }
        if (!settings.tags().isEmpty()) {
            line(1, "tags = " + settings.tags());
        }
    }

    private void item(Catalog.Item item) {
        switch (item) {
            case Catalog.TaskEntry(Task task) -> task(task);
            case Catalog.ActionEntry(ActionCall call) -> line(2, call.name());
        }
    }

    private void task(Task task) {
        String mode = switch (task.mode()) {
            case PRESENT -> "";
            case ABSENT -> "absent ";
            case WATCH -> "watch ";
        };
        line(2, mode + task.name() + (task.conditional() ? "   # if a node says so" : ""));
        task.desired().forEach((name, value) -> line(3, (task.only().contains(name) ? "only " : "") + name + " = " + Shown.literal(value)));
        list("needs", task.needs());
        task.moved().ifPresent(moved -> line(3, "moved from " + moved.from().stream().map(Shown::literal).collect(Collectors.joining(", "))
                + (moved.ifThere() ? " if_there" : "")));
        task.timeout().ifPresent(limit -> line(3, "timeout = " + time(limit)));
        if (!task.tags().isEmpty()) {
            line(3, "tags = " + task.tags());
        }
        task.guard().ifPresent(guard -> line(3, "guarded " + guarded(guard)));
        task.onChange().forEach(call -> line(3, "on change " + (call.now() ? "now " : "") + call.name()));
    }

    private void list(String title, List<Value.Reference> references) {
        if (!references.isEmpty()) {
            line(3, title + " " + references.stream().map(Shown::literal).collect(Collectors.joining(", ")));
        }
    }

    private static String guarded(Task.Guard guard) {
        return time(guard.within()) + guard.confirm().map(confirm -> " confirm { " + confirm.shown() + " }").orElse("");
    }

    private static String time(Duration time) {
        return Shown.literal(new Value.Time(time));
    }

    private void line(int depth, String line) {
        text.append("    ".repeat(depth)).append(line).append('\n');
    }
}
