package org.offx.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Folded sections of Markdown, together not longer than what is left for them. Short sections stay whole, long ones share
 * what remains and lose lines in their middle: how a plan begins and how it ends matter most.
 */
final class Folded {

    /** @param summary HTML */
    record Section(String summary, List<String> lines) {

        int length() {
            return lines.stream().mapToInt(line -> line.length() + 1).sum();
        }
    }

    /** The tags and fences around a section. */
    private static final int FRAME = 80;

    /** Less of a section than this says nothing: then it is only named. */
    private static final int LEAST = 600;

    private static final int LONGEST_LINE = 400;
    private static final String LEFT_OUT = "… %s lines are left out here: the saved plan has them (`offx show`)";

    private Folded() {}

    /** The text of the sections, at most {@code room} characters. */
    static String text(List<Section> sections, int room) {
        List<Section> narrow = sections.stream().map(Folded::narrowed).toList();
        int shown = shown(narrow, room);
        List<Section> all = narrow.subList(0, shown);
        int most = most(all, room - frames(all) - (shown < narrow.size() ? LEAST : 0));
        StringBuilder text = new StringBuilder();
        all.forEach(section -> text.append(block(section.summary(), cut(section, most))));
        if (shown < narrow.size()) {
            text.append("\nThere is no room here for ")
                    .append(Phrases.count(narrow.size() - shown, "more section"))
                    .append(": the saved plan has them (`offx show`).\n");
        }
        return text.toString();
    }

    private static Section narrowed(Section section) {
        return new Section(section.summary(), section.lines().stream().map(line -> Literals.cut(line, LONGEST_LINE)).toList());
    }

    /** How many sections can be shown so that each has a few lines. */
    private static int shown(List<Section> sections, int room) {
        int used = LEAST;
        int shown = 0;
        for (Section section : sections) {
            used += section.summary().length() + FRAME + Math.min(section.length(), LEAST);
            if (used > room) {
                return shown;
            }
            shown++;
        }
        return shown;
    }

    private static int frames(List<Section> sections) {
        return sections.stream().mapToInt(section -> section.summary().length() + FRAME).sum();
    }

    /** The length that no section may exceed so that all together fit. */
    private static int most(List<Section> sections, int room) {
        List<Section> byLength = sections.stream().sorted(Comparator.comparingInt(Section::length)).toList();
        int left = room;
        for (int i = 0; i < byLength.size(); i++) {
            int share = left / (byLength.size() - i);
            if (byLength.get(i).length() > share) {
                return share;
            }
            left -= byLength.get(i).length();
        }
        return Integer.MAX_VALUE;
    }

    private static List<String> cut(Section section, int most) {
        if (section.length() <= most) {
            return section.lines();
        }
        List<String> lines = section.lines();
        int room = most - LEFT_OUT.length() - 10;
        int head = fitting(lines, room * 3 / 5);
        int tail = fitting(lines.subList(head, lines.size()).reversed(), room * 2 / 5);
        List<String> cut = new ArrayList<>(lines.subList(0, head));
        cut.add(LEFT_OUT.formatted(Phrases.number(lines.size() - head - tail)));
        cut.addAll(lines.subList(lines.size() - tail, lines.size()));
        return cut;
    }

    private static int fitting(List<String> lines, int room) {
        int used = 0;
        int count = 0;
        while (count < lines.size() && used + lines.get(count).length() + 1 <= room) {
            used += lines.get(count).length() + 1;
            count++;
        }
        return count;
    }

    private static String block(String summary, List<String> lines) {
        return "\n<details><summary>" + summary + "</summary>\n\n"
                + Markdown.fenced("diff", String.join("\n", lines) + "\n") + "\n</details>\n";
    }
}
