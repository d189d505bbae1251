package org.offx.render;

/**
 * How text is to look where it is read. Whether colour is welcome (a terminal, {@code NO_COLOR}) the caller knows.
 *
 * @param width columns of the terminal
 */
public record Style(int width, boolean colour, Detail detail) {

    private static final int NARROWEST = 40;

    public Style {
        width = Math.max(width, NARROWEST);
    }
}
