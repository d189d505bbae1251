package org.offx.text;

/** A half-open range of offsets (UTF-16 units) in a source. */
public record Span(Source source, int start, int end) {

    public Span {
        if (start < 0 || end < start || end > source.text().length()) {
            throw new IllegalArgumentException("span " + start + ".." + end + " outside of " + source.name());
        }
    }

    /** What is written there. */
    public String text() {
        return source.text().substring(start, end);
    }

    /** The same on one line, for a message: any run of blanks and line ends is one blank. */
    public String onOneLine() {
        return text().strip().replaceAll("\\s+", " ");
    }

    /** The line of its beginning, counted from 1. */
    public int line() {
        return source.line(start);
    }

    /** The column of its beginning, counted from 1 in code points. */
    public int column() {
        return source.column(start);
    }

    /** {@code file.offx:12:5}, the way editors and compilers name a place. */
    public String place() {
        return source.name() + ":" + line() + ":" + column();
    }

    /** Whether the other lies in this one, or is the same. */
    public boolean holds(Span other) {
        return source == other.source && start <= other.start && other.end <= end;
    }

    /** The smallest span that covers this one and another of the same source. */
    public Span to(Span other) {
        return new Span(source, Math.min(start, other.start), Math.max(end, other.end));
    }

    @Override
    public String toString() {
        return place();
    }
}
