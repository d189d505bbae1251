package org.offx.syntax;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;
import org.offx.text.Source;

/**
 * A part of a source as ANTLR reads it. Its positions are offsets of the whole source in UTF-16 units, as spans are;
 * ANTLR's own streams count code points.
 */
final class SourceChars implements CharStream {

    private final Source source;
    private final String text;
    private final int end;
    private int position;

    SourceChars(Source source, int start, int end) {
        this.source = source;
        this.text = source.text();
        this.position = start;
        this.end = end;
    }

    @Override
    public void consume() {
        if (position >= end) {
            throw new IllegalStateException("cannot read past the end");
        }
        position++;
    }

    @Override
    public int LA(int distance) {
        int at = distance > 0 ? position + distance - 1 : position + distance;
        return distance == 0 ? 0 : at < 0 || at >= end ? IntStream.EOF : text.charAt(at);
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {}

    @Override
    public int index() {
        return position;
    }

    @Override
    public void seek(int index) {
        position = Math.min(index, end);
    }

    @Override
    public int size() {
        return end;
    }

    @Override
    public String getSourceName() {
        return source.name();
    }

    @Override
    public String getText(Interval interval) {
        return text.substring(interval.a, Math.min(interval.b + 1, end));
    }
}
