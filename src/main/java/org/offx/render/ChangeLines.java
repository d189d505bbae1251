package org.offx.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.plan.Plan.AttributeChange;

/** Attribute changes, one below the other with their values aligned. */
final class ChangeLines {

    private static final int WIDEST_NAME = 24;
    private static final String ARROW = " -> ";

    private final int width;

    ChangeLines(int width) {
        this.width = width;
    }

    List<Line> of(List<AttributeChange> changes, int indent) {
        int names = changes.stream()
                .mapToInt(change -> Visible.width(change.path()) + 2)
                .filter(name -> name <= WIDEST_NAME)
                .max()
                .orElse(0);
        List<Line> lines = new ArrayList<>();
        changes.forEach(change -> lines.addAll(of(change, indent, names)));
        return lines;
    }

    private List<Line> of(AttributeChange change, int indent, int names) {
        String name = Visible.of(change.path()) + ": ";
        String label = name + " ".repeat(Math.max(0, names - Visible.width(name)));
        String remark = change.remark().map(Visible::of).orElse("");
        Line line = Line.at(indent).say(label);
        int room = width - indent - Visible.width(label);
        if (change.before().isEmpty() || change.after().isEmpty()) {
            return List.of(line.say(single(change, room)).beside(Tone.QUIET, remark));
        }
        String before = change.before().orElseThrow();
        String after = change.after().orElseThrow();
        Optional<String> elements = elements(before, after);
        if (elements.filter(text -> Visible.width(text) <= room).isPresent()) {
            return List.of(line.say(elements.orElseThrow()).beside(Tone.QUIET, remark));
        }
        List<String> pair = Literals.pair(before, after, room - ARROW.length());
        if (Visible.width(pair.getFirst() + ARROW + pair.getLast()) <= room) {
            return List.of(line.say(Tone.QUIET, pair.getFirst()).say(ARROW).say(pair.getLast()).beside(Tone.QUIET, remark));
        }
        Line second = Line.at(indent)
                .say(" ".repeat(Math.max(0, Visible.width(label) - ARROW.strip().length() - 1)) + ARROW.strip() + " ")
                .say(pair.getLast());
        return List.of(line.say(Tone.QUIET, pair.getFirst()).beside(Tone.QUIET, remark), second);
    }

    private static String single(AttributeChange change, int room) {
        return change.before().isPresent()
                ? Literals.shown(change.before().orElseThrow(), room - ARROW.length() - 6) + ARROW + "(none)"
                : change.after().map(after -> Literals.shown(after, room)).orElse("");
    }

    /** Of two lists with something in common: what goes, what comes, how much stays. */
    private static Optional<String> elements(String before, String after) {
        List<String> old = Literals.elements(before);
        List<String> now = Literals.elements(after);
        List<String> gone = new ArrayList<>(old);
        now.forEach(gone::remove);
        List<String> come = new ArrayList<>(now);
        old.forEach(come::remove);
        int staying = now.size() - come.size();
        if (staying == 0 || gone.isEmpty() && come.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        gone.forEach(element -> words.add("- " + Literals.shown(element, element.length())));
        come.forEach(element -> words.add("+ " + Literals.shown(element, element.length())));
        return Optional.of(String.join("  ", words) + "  (" + staying + (staying == 1 ? " stays)" : " stay)"));
    }
}
