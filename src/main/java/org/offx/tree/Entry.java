package org.offx.tree;

import org.offx.text.Span;

/** An entry of {@code { … }}. */
public sealed interface Entry extends Node {

    /** {@code quota = 20TiB}. */
    record Labelled(Span span, Name name, Expr value) implements Entry {}

    /** {@code "eth0" = …}, {@code 113 = …}, {@code [k] = …}. */
    record Keyed(Span span, Expr key, Expr value) implements Entry {}

    /** {@code mtu}, short for {@code mtu = mtu}. */
    record Shorthand(Span span, Name name) implements Entry {}

    record Spread(Span span, Expr value) implements Entry {}
}
