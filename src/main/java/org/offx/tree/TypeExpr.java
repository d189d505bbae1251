package org.offx.tree;

import java.util.List;
import org.offx.text.Span;

/** A type as written. */
public sealed interface TypeExpr extends Node {

    /** {@code int}, {@code vrack.Mtu}, {@code list<T>}, {@code map<K, V>}; a bare word such as {@code none} in a union. */
    record Named(Span span, Path name, List<TypeExpr> arguments) implements TypeExpr {}

    record Optional(Span span, TypeExpr type) implements TypeExpr {}

    record Union(Span span, List<TypeExpr> members) implements TypeExpr {}

    /** {@code T where condition on it}. */
    record Refined(Span span, TypeExpr base, Expr condition) implements TypeExpr {}

    /** {@code fn(T): R}. */
    record Function(Span span, List<TypeExpr> params, TypeExpr result) implements TypeExpr {}

    record Missing(Span span) implements TypeExpr {}
}
