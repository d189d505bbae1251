package org.offx.tree;

import java.util.Optional;
import org.offx.text.Span;

/** What stands in a play: settings, gates and tasks. */
public sealed interface PlayItem extends Node
        permits PlayItem.Setting, PlayItem.Require, PlayItem.Check, PlayItem.GuardedTogether, TaskItem {

    /** {@code serial = 25%}. */
    record Setting(Span span, Name name, Expr value) implements PlayItem {}

    /** {@code require "why" { condition } wait 30m}: a gate before the first step; it is asked again until it holds or the patience ends. */
    record Require(Span span, Expr reason, Expr condition, Optional<Expr> patience) implements PlayItem {}

    /** {@code check { condition }}: a gate after each batch. */
    record Check(Span span, Expr condition) implements PlayItem {}

    /** {@code guarded together 300s confirm { condition }}: every node of the play is undone unless all confirm in time. */
    record GuardedTogether(Span span, Expr within, Expr confirm) implements PlayItem {}
}
