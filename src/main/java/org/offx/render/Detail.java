package org.offx.render;

/** How much of each change is shown ({@code --diff}). */
public enum Detail {
    /** Attributes, commands, and the differences of files line by line. */
    FULL,
    /** Attributes, and how many lines of which files. */
    SHORT,
    /** Only which tasks. */
    NONE
}
