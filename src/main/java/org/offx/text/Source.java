package org.offx.text;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file as it was read: its name as a user would write it, and its text. Lines and columns are computed only when
 * somebody asks; everything else works with offsets. It may come with its tree, so that it need not be parsed at each start.
 */
public final class Source {

    private final String name;
    private final String text;
    private final Optional<byte[]> tree;
    private int @Nullable [] lineStarts;

    public Source(String name, String text) {
        this(name, text, Optional.empty());
    }

    /** @param tree what the parser made of this very text, as bytes in its own form */
    public Source(String name, String text, Optional<byte[]> tree) {
        this.name = name;
        this.text = text;
        this.tree = tree;
    }

    /** The name as a user would write it. */
    public String name() {
        return name;
    }

    /** All of it. */
    public String text() {
        return text;
    }

    /** The tree of this text as bytes; empty for files that are to be parsed. */
    public Optional<byte[]> tree() {
        return tree;
    }

    /** The line of an offset, counted from 1. */
    public int line(int offset) {
        int found = Arrays.binarySearch(lineStarts(), offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The column of an offset, counted from 1 in code points. */
    public int column(int offset) {
        int start = lineStarts()[line(offset) - 1];
        return text.codePointCount(start, Math.min(offset, text.length())) + 1;
    }

    /** How many lines there are; one behind a line feed at the end is one, too. */
    public int lines() {
        return lineStarts().length;
    }

    /** The text of a line (counted from 1), without its line end. */
    public String lineText(int line) {
        int start = lineStarts()[line - 1];
        int end = line < lineStarts().length ? lineStarts()[line] : text.length();
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(start, end);
    }

    /** The offset at which a line (counted from 1) begins. */
    public int lineStart(int line) {
        return lineStarts()[line - 1];
    }

    /** The part from an offset up to, and without, another. */
    public Span span(int start, int end) {
        return new Span(this, start, end);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Computed once; twice by two threads at a time, which does no harm. */
    private int[] lineStarts() {
        int[] known = lineStarts;
        if (known == null) {
            known = lineStarts(text);
            lineStarts = known;
        }
        return known;
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }
}
