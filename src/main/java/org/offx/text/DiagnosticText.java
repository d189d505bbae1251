package org.offx.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A diagnostic as plain text: what is wrong, the lines with the places underlined, why, and the nearest right thing.
 *
 * <pre>
 * error[OFX0306]: there is no unit `M`
 *   --> cluster.offx:14:17
 *    |
 * 14 |     quota = 5M
 *    |             ^^
 *    = did you mean `5MiB`? (binary, 1048576 bytes each)
 * </pre>
 *
 * Tabs and wide characters keep the marks in place; a long line is cut around what is marked.
 */
public final class DiagnosticText {

    private static final int NARROWEST = 40;

    private final Diagnostic diagnostic;
    private final int width;
    private final String margin;
    private final StringBuilder text = new StringBuilder();

    private DiagnosticText(Diagnostic diagnostic, int width) {
        this.diagnostic = diagnostic;
        int last = diagnostic.labels().stream().mapToInt(label -> label.span().line()).max().orElse(1);
        this.margin = " ".repeat(Integer.toString(last).length());
        this.width = Math.max(NARROWEST, width - margin.length() - 3);
    }

    /** Several diagnostics, an empty line between each two. */
    public static String of(List<Diagnostic> diagnostics, int width) {
        return String.join("\n", diagnostics.stream().map(each -> of(each, width)).toList());
    }

    /**
     * @param width the columns there are; notes are not folded, since terminals and editors do that
     * @return lines, each ended by a line feed
     */
    public static String of(Diagnostic diagnostic, int width) {
        return new DiagnosticText(diagnostic, width).draw();
    }

    private String draw() {
        line(diagnostic.severity().shown() + "[" + diagnostic.code().id() + "]: " + diagnostic.message());
        Map<Source, List<Label>> bySource = new LinkedHashMap<>();
        bySource.put(diagnostic.span().source(), new ArrayList<>());
        diagnostic.labels().forEach(label -> bySource.computeIfAbsent(label.span().source(), s -> new ArrayList<>()).add(label));
        String arrow = " --> ";
        for (List<Label> labels : bySource.values()) {
            Label first = labels.stream().filter(Label::primary).findFirst().orElse(labels.getFirst());
            line(margin + arrow + first.span().place());
            excerpt(labels);
            arrow = " ::: ";
        }
        diagnostic.notes().forEach(note -> line(margin + " = " + note));
        diagnostic.fixes().forEach(fix -> line(margin + " = " + proposal(fix)));
        return text.toString();
    }

    private void excerpt(List<Label> labels) {
        List<Label> ordered = labels.stream()
                .sorted(Comparator.comparingInt((Label label) -> label.span().line()).thenComparing(label -> !label.primary()))
                .toList();
        line(margin + " |");
        int previous = 0;
        for (int i = 0; i < ordered.size(); ) {
            int number = ordered.get(i).span().line();
            List<Label> here = ordered.stream().filter(label -> label.span().line() == number).toList();
            if (previous > 0 && number > previous + 1) {
                line(margin + " ⋮");
            }
            lineWithMarks(number, here);
            previous = number;
            i += here.size();
        }
    }

    private void lineWithMarks(int number, List<Label> labels) {
        Source source = labels.getFirst().span().source();
        Columns columns = new Columns(source.lineText(number));
        int start = source.lineStart(number);
        int from = labels.stream().mapToInt(label -> columns.at(label.span().start() - start)).min().orElse(0);
        int to = labels.stream().mapToInt(label -> columns.at(label.span().end() - start)).max().orElse(0);
        Window window = Window.around(from, Math.max(to, from + 1), columns.width(), width);
        String padded = margin.substring(Integer.toString(number).length()) + number;
        line(padded + " | " + window.cut(columns));
        for (Label label : labels) {
            int first = window.shown(columns.at(label.span().start() - start));
            int last = window.shown(columns.at(label.span().end() - start));
            String marks = (label.primary() ? "^" : "-").repeat(Math.max(1, last - first));
            String words = label.span().end() > start + source.lineText(number).length() + 1
                    ? (label.text() + " (to line " + source.line(label.span().end()) + ")").strip()
                    : label.text();
            line(margin + " | " + " ".repeat(first) + marks + (words.isEmpty() ? "" : " " + words));
        }
    }

    private String proposal(Fix fix) {
        if (fix.replacement().isEmpty()) {
            return "help: " + fix.description();
        }
        boolean bare = fix.replacement().chars().noneMatch(c -> c == ' ' || c == '=' || c == ',' || c == '\n');
        if (bare && fix.span().start() < fix.span().end()) {
            return "did you mean `" + fix.replacement() + "`?" + (fix.description().isEmpty() ? "" : " (" + fix.description() + ")");
        }
        Source source = fix.span().source();
        int number = fix.span().line();
        int start = source.lineStart(number);
        String line = source.lineText(number);
        int end = Math.min(fix.span().end() - start, line.length());
        String mended = line.substring(0, fix.span().start() - start) + fix.replacement() + line.substring(end);
        Columns columns = new Columns(mended.strip());
        int at = Math.max(0, columns.at(fix.span().start() - start - (mended.length() - mended.stripLeading().length())));
        return fix.description() + ": " + Window.around(at, at + fix.replacement().length(), columns.width(), width - fix.description().length() - 2).cut(columns);
    }

    private void line(String line) {
        line.stripTrailing().codePoints().map(c -> Character.isISOControl(c) && c != '\n' ? '·' : c).forEach(text::appendCodePoint);
        text.append('\n');
    }

    /** A part of a line as wide as there is room, with `…` where something is left out. */
    private record Window(int from, int to, boolean cutLeft, boolean cutRight) {

        static Window around(int from, int to, int all, int width) {
            if (all <= width) {
                return new Window(0, all, false, false);
            }
            int marked = Math.min(to - from, width - 2);
            int left = Math.max(0, Math.min(from - (width - marked) / 2, all - width));
            return new Window(left, left + width, left > 0, left + width < all);
        }

        String cut(Columns columns) {
            String inside = columns.between(cutLeft ? from + 1 : from, cutRight ? to - 1 : to);
            return (cutLeft ? "…" : "") + inside + (cutRight ? "…" : "");
        }

        /** Where a column of the line stands in what is shown. */
        int shown(int column) {
            return Math.clamp(column - from, 0, to - from);
        }
    }

    /** A line laid out in terminal columns: tabs reach to the next multiple of four, wide characters take two. */
    private static final class Columns {

        private static final int TAB = 4;

        private final List<String> cells = new ArrayList<>();
        private final int[] columnAt;

        Columns(String line) {
            columnAt = new int[line.length() + 1];
            int offset = 0;
            while (offset < line.length()) {
                int point = line.codePointAt(offset);
                int end = offset + Character.charCount(point);
                for (int i = offset; i < end; i++) {
                    columnAt[i] = cells.size();
                }
                add(point, line.substring(offset, end));
                offset = end;
            }
            columnAt[line.length()] = cells.size();
        }

        private void add(int point, String character) {
            if (point == '\t') {
                do {
                    cells.add(" ");
                } while (cells.size() % TAB != 0);
            } else if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                cells.add("·");
            } else if (DisplayWidth.of(point) == 0) {
                int base = cells.isEmpty() ? -1 : cells.size() - (cells.getLast().isEmpty() ? 2 : 1);
                if (base < 0) {
                    cells.add(character);
                } else {
                    cells.set(base, cells.get(base) + character);
                }
            } else {
                cells.add(character);
                if (DisplayWidth.of(point) == 2) {
                    cells.add("");
                }
            }
        }

        int at(int offset) {
            return columnAt[Math.clamp(offset, 0, columnAt.length - 1)];
        }

        int width() {
            return cells.size();
        }

        /** The cells of a range; half of a wide character becomes a blank. */
        String between(int from, int to) {
            StringBuilder text = new StringBuilder();
            for (int i = from; i < Math.min(to, cells.size()); i++) {
                boolean tail = cells.get(i).isEmpty();
                boolean torn = tail ? i == from : i + 1 < cells.size() && cells.get(i + 1).isEmpty() && i + 1 >= to;
                text.append(torn ? " " : cells.get(i));
            }
            return text.toString();
        }
    }
}
