package org.offx.check;

import org.offx.text.Span;
import org.offx.tree.TypeExpr;
import org.offx.type.Type;

/** A type with a condition, as it was written. */
record Refinement(String name, String doc, Span span, Type base, TypeExpr.Refined tree, Unit unit) {}
