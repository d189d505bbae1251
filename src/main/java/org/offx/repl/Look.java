package org.offx.repl;

import org.offx.render.Detail;
import org.offx.render.Style;

/**
 * How results are to look.
 *
 * @param width columns there are
 * @param types values are shown with their types, as for somebody who reads along
 */
public record Look(int width, boolean colour, boolean types) {

    private static final String QUIET = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    Style style() {
        return new Style(width, colour, Detail.FULL);
    }

    String quiet(String text) {
        return colour ? QUIET + text + PLAIN : text;
    }
}
