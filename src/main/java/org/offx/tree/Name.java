package org.offx.tree;

import org.offx.text.Span;

/** One word used as a name. */
public record Name(Span span, String text) implements Node {}
