package org.offx.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.plan.Plan.AttributeChange;
import org.offx.render.Line.Mark;
import org.offx.text.DisplayWidth;

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
                .mapToInt(change -> DisplayWidth.of(change.path()) + 2)
                .filter(name -> name <= WIDEST_NAME)
                .max()
                .orElse(0);
        List<Line> lines = new ArrayList<>();
        changes.forEach(change -> lines.addAll(of(change, indent, names)));
        return lines;
    }

    private List<Line> of(AttributeChange change, int indent, int names) {
        String name = Visible.of(change.path()) + ": ";
        String label = name + " ".repeat(Math.max(0, names - DisplayWidth.of(name)));
        String remark = change.remark().map(Visible::of).orElse("");
        Line line = Line.at(indent).say(label);
        int room = width - indent - DisplayWidth.of(label);
        if (change.before().isEmpty() || change.after().isEmpty()) {
            return List.of(line.say(single(change, room)).beside(Tone.QUIET, remark));
        }
        String before = change.before().orElseThrow();
        String after = change.after().orElseThrow();
        Optional<String> changed = Literals.changed(before, after, room);
        if (changed.isPresent()) {
            return List.of(line.say(changed.orElseThrow()).beside(Tone.QUIET, remark));
        }
        Optional<Elements> elements = elements(before, after);
        if (elements.isPresent()) {
            return elements(elements.orElseThrow(), line, room, remark);
        }
        List<String> pair = Literals.pair(before, after, room - ARROW.length());
        if (DisplayWidth.of(pair.getFirst() + ARROW + pair.getLast()) <= room) {
            return List.of(line.say(Tone.QUIET, pair.getFirst()).say(ARROW).say(pair.getLast()).beside(Tone.QUIET, remark));
        }
        Line second = Line.at(indent)
                .say(" ".repeat(Math.max(0, DisplayWidth.of(label) - ARROW.strip().length() - 1)) + ARROW.strip() + " ")
                .say(pair.getLast());
        return List.of(line.say(Tone.QUIET, pair.getFirst()).beside(Tone.QUIET, remark), second);
    }

    private static String single(AttributeChange change, int room) {
        return change.before().isPresent()
                ? Literals.shown(change.before().orElseThrow(), room - ARROW.length() - 6) + ARROW + "(none)"
                : change.after().map(after -> Literals.shown(after, room)).orElse("");
    }

    private record Elements(List<String> gone, List<String> come, int staying) {}

    private static List<Line> elements(Elements elements, Line line, int room, String remark) {
        String staying = "(" + elements.staying() + (elements.staying() == 1 ? " stays)" : " stay)");
        List<String> words = new ArrayList<>();
        elements.gone().forEach(element -> words.add("- " + whole(element)));
        elements.come().forEach(element -> words.add("+ " + whole(element)));
        words.add(staying);
        String inline = String.join("  ", words);
        if (DisplayWidth.of(inline) <= room) {
            return List.of(line.say(inline).beside(Tone.QUIET, remark));
        }
        List<Line> lines = new ArrayList<>(List.of(line.say(staying).beside(Tone.QUIET, remark)));
        elements.gone().forEach(element -> lines.add(Line.at(line.indent() + 2, Mark.REMOVED).say(" " + whole(element))));
        elements.come().forEach(element -> lines.add(Line.at(line.indent() + 2, Mark.ADDED).say(" " + whole(element))));
        return lines;
    }

    private static String whole(String element) {
        return Literals.shown(element, element.length());
    }

    /** Of two lists with something in common: what goes, what comes, how much stays. */
    private static Optional<Elements> elements(String before, String after) {
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
        return Optional.of(new Elements(gone, come, staying));
    }
}
