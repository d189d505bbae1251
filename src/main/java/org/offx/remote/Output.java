package org.offx.remote;

/**
 * What a program wrote to one of its outputs.
 *
 * @param bytes what was kept of it: its beginning, at most {@link #LIMIT} bytes
 * @param written how many bytes the program wrote
 */
public record Output(Bytes bytes, long written) {

    /** As much of one output travels; a program that writes four times as much before it ends is stopped. */
    public static final int LIMIT = 16 << 20;

    public static final Output NONE = new Output(Bytes.EMPTY, 0);

    public boolean truncated() {
        return written > bytes.size();
    }

    public String text() {
        return bytes.text();
    }
}
