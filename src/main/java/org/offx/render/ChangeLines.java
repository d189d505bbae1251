package org.offx.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.offx.plan.Plan.AttributeChange;
import org.offx.render.Line.Mark;
import org.offx.text.DisplayWidth;

/** Attribute changes, one below the other with their values aligned. */
final class ChangeLines {

    private static final int WIDEST_NAME = 24;
    private static final String ARROW = " -> ";
    private static final String NONE = "(none)";
    private static final String NOW = "now: ";
    private static final String REBOOT = "after a reboot: ";

    /** How a plan writes what is otherwise now than after a reboot. */
    private static final Pattern TWICE = Pattern.compile("(.+) \\(after a reboot: (.*)\\)", Pattern.DOTALL);

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
        Place place = new Place(Line.at(indent).say(label), DisplayWidth.of(label), change.remark().map(Visible::of).orElse(""));
        if (change.before().isEmpty()) {
            return change.after().map(after -> appearing(after, place)).orElse(List.of());
        }
        if (change.after().isEmpty()) {
            return disappearing(change.before().orElseThrow(), place);
        }
        return differing(change.before().orElseThrow(), change.after().orElseThrow(), place);
    }

    /** A line that begins with an attribute's name, how wide that is, and what is said at the end. */
    private record Place(Line line, int label, String remark) {

        List<Line> says(String text) {
            return List.of(line.say(text).beside(Tone.QUIET, remark));
        }

        /** The same place a line further down. */
        Place below() {
            return new Place(Line.at(line.indent()).say(" ".repeat(label)), label, "");
        }

        Place when(String word) {
            return new Place(line.say(Tone.QUIET, word), label + word.length(), remark);
        }
    }

    private int room(Place place) {
        return width - place.line().indent() - place.label();
    }

    private List<Line> appearing(String after, Place place) {
        List<String> elements = Literals.elements(after);
        boolean fits = DisplayWidth.of(Literals.whole(after)) <= room(place);
        return elements.isEmpty() || fits
                ? place.says(Literals.shown(after, room(place)))
                : listed(new Elements(List.of(), elements, 0), place);
    }

    private List<Line> disappearing(String before, Place place) {
        List<String> elements = Literals.elements(before);
        int room = room(place) - ARROW.length() - NONE.length();
        boolean fits = DisplayWidth.of(Literals.whole(before)) <= room;
        return elements.isEmpty() || fits
                ? place.says(Literals.shown(before, room) + ARROW + NONE)
                : listed(new Elements(elements, List.of(), 0), place);
    }

    private List<Line> differing(String before, String after, Place place) {
        int room = room(place);
        Optional<String> changed = Literals.changed(before, after, room);
        if (changed.isPresent()) {
            return place.says(changed.orElseThrow());
        }
        Matcher twice = TWICE.matcher(before);
        if (Literals.isList(after) && twice.matches() && Literals.isList(twice.group(1))) {
            return twice(twice.group(1), twice.group(2), after, place);
        }
        if (twice.matches() && twice.group(1).equals(after)) {
            return differing(twice.group(2), after, place.when(REBOOT));
        }
        if (Literals.isList(before) && Literals.isList(after)) {
            return lists(before, after, place);
        }
        List<String> pair = Literals.pair(before, after, room - ARROW.length());
        if (DisplayWidth.of(pair.getFirst() + ARROW + pair.getLast()) <= room) {
            return List.of(place.line()
                    .say(Tone.QUIET, pair.getFirst())
                    .say(ARROW)
                    .say(pair.getLast())
                    .beside(Tone.QUIET, place.remark()));
        }
        Line second = Line.at(place.line().indent())
                .say(" ".repeat(Math.max(0, place.label() - ARROW.strip().length() - 1)) + ARROW.strip() + " ")
                .say(pair.getLast());
        return List.of(place.line().say(Tone.QUIET, pair.getFirst()).beside(Tone.QUIET, place.remark()), second);
    }

    /** A list that is another one now than it will be after a reboot: each is compared for itself. */
    private List<Line> twice(String live, String kept, String after, Place place) {
        List<Line> lines = new ArrayList<>();
        if (!live.equals(after)) {
            lines.addAll(lists(live, after, place.when(NOW)));
        }
        if (!kept.equals(after)) {
            Place later = (lines.isEmpty() ? place : place.below()).when(REBOOT);
            lines.addAll(Literals.isList(kept) ? lists(kept, after, later) : later.says(Literals.whole(kept)));
        }
        return lines;
    }

    /** Two lists: what goes, what comes and how much stays; whole where nothing stays and both fit. */
    private List<Line> lists(String before, String after, Place place) {
        Elements elements = Elements.of(Literals.elements(before), Literals.elements(after));
        String pair = Literals.whole(before) + ARROW + Literals.whole(after);
        boolean reordered = elements.gone().isEmpty() && elements.come().isEmpty();
        if ((reordered || elements.staying() == 0) && DisplayWidth.of(pair) <= room(place)) {
            return place.says(pair);
        }
        if (reordered) {
            List<Line> lines = new ArrayList<>(place.says("the same, in this order:"));
            Literals.elements(after).forEach(element ->
                    lines.add(Line.at(place.line().indent() + 2).say("  " + Literals.whole(element))));
            return lines;
        }
        String inline = elements.inline();
        return DisplayWidth.of(inline) <= room(place) ? place.says(inline) : listed(elements, place);
    }

    /** One element on a line, never cut. */
    private static List<Line> listed(Elements elements, Place place) {
        List<Line> lines = new ArrayList<>(place.says(elements.staying() == 0 ? "" : elements.stay()));
        int indent = place.line().indent() + 2;
        elements.gone().forEach(element -> lines.add(Line.at(indent, Mark.REMOVED).say(" " + Literals.whole(element))));
        elements.come().forEach(element -> lines.add(Line.at(indent, Mark.ADDED).say(" " + Literals.whole(element))));
        return lines;
    }

    /** What goes from a list, what comes, and how much stays. */
    private record Elements(List<String> gone, List<String> come, int staying) {

        static Elements of(List<String> old, List<String> now) {
            List<String> gone = without(old, now);
            List<String> come = without(now, old);
            return new Elements(gone, come, now.size() - come.size());
        }

        /** The elements without those of another list, one for one. */
        private static List<String> without(List<String> elements, List<String> others) {
            Map<String, Long> left = others.stream().collect(Collectors.groupingBy(each -> each, Collectors.counting()));
            return elements.stream().filter(each -> left.merge(each, -1L, Long::sum) < 0).toList();
        }

        String stay() {
            return "(" + staying + (staying == 1 ? " stays)" : " stay)");
        }

        String inline() {
            List<String> words = new ArrayList<>();
            gone.forEach(element -> words.add("- " + Literals.whole(element)));
            come.forEach(element -> words.add("+ " + Literals.whole(element)));
            if (staying > 0) {
                words.add(stay());
            }
            return String.join("  ", words);
        }
    }
}
