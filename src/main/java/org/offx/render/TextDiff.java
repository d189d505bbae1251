package org.offx.render;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import org.offx.render.Line.Mark;

/** The difference of two texts as hunks: changed lines and some around them. */
record TextDiff(List<Hunk> hunks, int added, int removed) {

    /** Lines around a change that are shown with it. */
    static final int CONTEXT = 2;

    /** Beyond so many lines on a side, what lies between the common beginning and end counts as one change: quick, and still right. */
    private static final int LARGE = 4_000;

    /**
     * Neighbouring changes.
     *
     * @param line the number of its first line in the new text, from 1
     * @param heading the line that it belongs under: the last one above its first change that is not indented; empty where
     *     there is none or the hunk shows it
     */
    record Hunk(int line, String heading, List<Part> parts) {}

    record Part(Mark mark, String text) {}

    static TextDiff of(String before, String after) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        int head = 0;
        while (head < Math.min(old.size(), now.size()) && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(old.size(), now.size()) - head
                && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        List<Part> parts = new ArrayList<>();
        now.subList(0, head).forEach(line -> parts.add(new Part(Mark.CONTEXT, line)));
        middle(old.subList(head, old.size() - tail), now.subList(head, now.size() - tail), parts);
        now.subList(now.size() - tail, now.size()).forEach(line -> parts.add(new Part(Mark.CONTEXT, line)));
        return new TextDiff(hunks(parts), count(parts, Mark.ADDED), count(parts, Mark.REMOVED));
    }

    /** Of neighbouring changes, what goes before what comes. */
    private static void middle(List<String> old, List<String> now, List<Part> parts) {
        if (old.isEmpty() || now.isEmpty() || old.size() > LARGE || now.size() > LARGE) {
            old.forEach(line -> parts.add(new Part(Mark.REMOVED, line)));
            now.forEach(line -> parts.add(new Part(Mark.ADDED, line)));
            return;
        }
        int at = 0;
        List<Part> added = new ArrayList<>();
        for (AbstractDelta<String> delta : DiffUtils.diff(old, now, new MyersDiffWithLinearSpace<>()).getDeltas()) {
            if (delta.getSource().getPosition() > at) {
                parts.addAll(added);
                added.clear();
            }
            old.subList(at, delta.getSource().getPosition()).forEach(line -> parts.add(new Part(Mark.CONTEXT, line)));
            delta.getSource().getLines().forEach(line -> parts.add(new Part(Mark.REMOVED, line)));
            delta.getTarget().getLines().forEach(line -> added.add(new Part(Mark.ADDED, line)));
            at = delta.getSource().getPosition() + delta.getSource().size();
        }
        parts.addAll(added);
        old.subList(at, old.size()).forEach(line -> parts.add(new Part(Mark.CONTEXT, line)));
    }

    private static List<Hunk> hunks(List<Part> parts) {
        List<Hunk> hunks = new ArrayList<>();
        int number = 1;
        int passed = 0;
        int from = next(parts, 0);
        while (from < parts.size()) {
            int end = end(parts, from);
            int start = Math.max(from - CONTEXT, passed);
            number += lasting(parts.subList(passed, start));
            hunks.add(new Hunk(number, heading(parts, start, from), List.copyOf(parts.subList(start, end))));
            number += lasting(parts.subList(start, end));
            passed = end;
            from = next(parts, end);
        }
        return hunks;
    }

    private static int next(List<Part> parts, int from) {
        int at = from;
        while (at < parts.size() && parts.get(at).mark() == Mark.CONTEXT) {
            at++;
        }
        return at;
    }

    /** Where a hunk ends that starts with a change: after the context of its last change. */
    private static int end(List<Part> parts, int from) {
        int end = from;
        int at = from;
        while (at < parts.size() && at - end < 2 * CONTEXT) {
            if (parts.get(at).mark() != Mark.CONTEXT) {
                end = at + 1;
            }
            at++;
        }
        return Math.min(end + CONTEXT, parts.size());
    }

    private static int lasting(List<Part> parts) {
        return parts.size() - count(parts, Mark.REMOVED);
    }

    private static int count(List<Part> parts, Mark mark) {
        return (int) parts.stream().filter(part -> part.mark() == mark).count();
    }

    /** Of the change at {@code from}; none where the hunk, which begins at {@code start}, shows it anyway. */
    private static String heading(List<Part> parts, int start, int from) {
        int at = from;
        while (at >= 0 && !isHeading(parts.get(at))) {
            at--;
        }
        return at < 0 || at >= start ? "" : parts.get(at).text().strip();
    }

    private static boolean isHeading(Part part) {
        char first = part.text().isEmpty() ? ' ' : part.text().charAt(0);
        return part.mark() != Mark.REMOVED && !Character.isWhitespace(first) && first != '#' && first != ';' && first != '}';
    }

    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        boolean complete = text.endsWith("\n");
        List<String> lines = new ArrayList<>(List.of((complete ? text.substring(0, text.length() - 1) : text).split("\n", -1)));
        if (!complete) {
            lines.set(lines.size() - 1, lines.getLast() + " (no line feed at the end)");
        }
        return lines;
    }
}
