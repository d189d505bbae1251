package org.offx.tree;

import org.offx.text.Span;

/** Anything that was written: it knows where. */
public interface Node {
    Span span();
}
