package org.offx.text;

/** A replacement that would mend the mistake: what it does, where, and the new text. */
public record Fix(String description, Span span, String replacement) {}
