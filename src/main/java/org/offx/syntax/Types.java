package org.offx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import org.offx.syntax.antlr.OffxParser.ExprContext;
import org.offx.syntax.antlr.OffxParser.FunctionTypeContext;
import org.offx.syntax.antlr.OffxParser.GroupedTypeContext;
import org.offx.syntax.antlr.OffxParser.NamedTypeContext;
import org.offx.syntax.antlr.OffxParser.RefinedTypeContext;
import org.offx.syntax.antlr.OffxParser.TypeContext;
import org.offx.syntax.antlr.OffxParser.TypePathContext;
import org.offx.syntax.antlr.OffxParser.UnionMemberContext;
import org.offx.syntax.antlr.OffxParser.WordContext;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.tree.Path;
import org.offx.tree.TypeExpr;

/** Builds types. */
final class Types {

    private final Building building;
    private final BiFunction<@Nullable ExprContext, ParserRuleContext, Expr> expressions;

    Types(Building building, BiFunction<@Nullable ExprContext, ParserRuleContext, Expr> expressions) {
        this.building = building;
        this.expressions = expressions;
    }

    TypeExpr refined(@Nullable RefinedTypeContext context, ParserRuleContext owner) {
        if (context == null) {
            return new TypeExpr.Missing(building.after(owner));
        }
        TypeExpr base = of(context.type(), context);
        return context.WHERE() == null
                ? base
                : new TypeExpr.Refined(building.span(context), base, expressions.apply(context.expr(), context));
    }

    TypeExpr of(@Nullable TypeContext context, ParserRuleContext owner) {
        if (context == null || context.unionMember().isEmpty()) {
            return new TypeExpr.Missing(building.after(owner));
        }
        List<TypeExpr> members = context.unionMember().stream().map(m -> member(m, context)).toList();
        return members.size() == 1 ? members.getFirst() : new TypeExpr.Union(building.span(context), members);
    }

    TypeExpr member(@Nullable UnionMemberContext context, ParserRuleContext owner) {
        return switch (context) {
            case null -> new TypeExpr.Missing(building.after(owner));
            case FunctionTypeContext function -> new TypeExpr.Function(
                    building.span(function),
                    function.type().stream().map(t -> of(t, function)).toList(),
                    member(function.unionMember(), function));
            case NamedTypeContext named -> {
                TypeExpr type = named(named);
                yield named.QMARK() == null ? type : new TypeExpr.Optional(building.span(named), type);
            }
            case GroupedTypeContext grouped -> {
                TypeExpr type = of(grouped.type(), grouped);
                yield grouped.QMARK() == null ? type : new TypeExpr.Optional(building.span(grouped), type);
            }
            default -> new TypeExpr.Missing(building.broken(context, owner));
        };
    }

    private TypeExpr named(NamedTypeContext named) {
        TypePathContext path = named.typePath();
        if (path == null || path.exception != null) {
            return new TypeExpr.Missing(building.span(named));
        }
        List<TypeExpr> arguments = named.type().stream().map(t -> of(t, named)).toList();
        int end = named.GT() != null ? building.span(named.GT().getSymbol()).end() : building.span(path).end();
        return new TypeExpr.Named(
                building.source().span(building.span(named).start(), end), path(path), arguments);
    }

    Path path(@Nullable TypePathContext context) {
        TypePathContext path = building.need(context == null || context.children == null ? null : context);
        List<Name> names = new ArrayList<>();
        for (ParseTree child : path.children) {
            if (child instanceof WordContext word) {
                names.add(building.name(word));
            }
        }
        if (path.UNAME() != null) {
            names.add(building.name(path.UNAME().getSymbol()));
        }
        return new Path(building.span(path), List.copyOf(names));
    }
}
