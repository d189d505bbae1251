package org.offx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.offx.syntax.antlr.OffxLexer;
import org.offx.syntax.antlr.OffxParser.*;
import org.offx.text.Span;
import org.offx.tree.Expr;
import org.offx.tree.ResourceItem;
import org.offx.tree.ResourceItem.Operation;
import org.offx.tree.ResourceItem.Trait;
import org.offx.tree.TypeExpr;

/** Builds the members of resources and actions. */
final class Resources {

    private final Building building;
    private final Expressions expressions;
    private final Steps steps;

    Resources(Building building, Expressions expressions) {
        this.building = building;
        this.expressions = expressions;
        this.steps = new Steps(building, expressions);
    }

    List<ResourceItem> members(@Nullable MembersContext context) {
        return context == null ? List.of() : building.each(context.member(), this::member);
    }

    private ResourceItem member(MemberContext context) {
        Span span = building.span(context);
        return switch (context) {
            case LetMemberContext c -> new ResourceItem.LetMember(span, expressions.let(c.let()));
            case SchemaContext c -> schema(span, c);
            case NeedsMemberContext c -> new ResourceItem.NeedsMember(
                    span, expressions.primaries().list(building.need(c.list())));
            case ObserveContext c -> new ResourceItem.Observe(span, expressions.block(c.valueBlock(), c));
            case ListingContext c -> new ResourceItem.Listing(span, expressions.block(c.valueBlock(), c));
            case ReviewContext c -> new ResourceItem.Review(span, building.each(c.reviewItem(), this::reviewItem));
            case OperateContext c -> new ResourceItem.Operate(
                    span,
                    operation(c.operation.getType()),
                    !c.DESTRUCTIVE().isEmpty(),
                    !c.GUARDED().isEmpty(),
                    steps.block(c.steps(0)),
                    steps.block(c.steps(1)));
            default -> throw new Building.Incomplete();
        };
    }

    private ResourceItem schema(Span span, SchemaContext c) {
        int given = c.expr().size();
        TypeExpr type = expressions.types().of(c.type(), c);
        if (c.WHERE() != null) {
            Expr condition = expressions.of(c.expr(0), c);
            type = new TypeExpr.Refined(type.span().to(condition.span()), type, condition);
        }
        List<Trait> traits = new ArrayList<>(building.each(c.trait(), this::trait));
        building.each(c.blockTrait(), b -> new ResourceItem.AsBlock(building.span(b), building.name(b.word()))).forEach(traits::add);
        Optional<Expr> value = c.ASSIGN() == null
                ? Optional.empty()
                : Optional.of(expressions.of(given == 0 ? null : c.expr(given - 1), c));
        if (value.orElse(null) instanceof Expr.As(Span as, Expr plain, TypeExpr.Named named) && named.arguments().isEmpty() && named.name().parts().size() == 1) {
            // a default has its attribute's type already: what follows it is the trait
            traits.add(new ResourceItem.AsBlock(named.span(), named.name().parts().getFirst()));
            value = Optional.of(plain);
        }
        return new ResourceItem.SchemaAttribute(
                span, building.doc(c), building.name(c.label()), type, value, List.copyOf(traits));
    }

    private Trait trait(TraitContext context) {
        Span span = building.span(context);
        return switch (context) {
            case RequiredContext ignored -> new ResourceItem.Required(span);
            case LiveAndKeptContext ignored -> new ResourceItem.LiveAndKept(span);
            case ReadOnlyContext ignored -> new ResourceItem.ReadOnly(span);
            case OptionTraitContext ignored -> new ResourceItem.OptionTrait(span);
            case FixedContext c -> new ResourceItem.Fixed(span, expressions.primaries().string(c.string()));
            case AtCreateContext ignored -> new ResourceItem.AtCreate(span);
            case SameByContext c -> new ResourceItem.SameBy(span, expressions.postfix(building.need(c.postfix())));
            default -> throw new Building.Incomplete();
        };
    }

    private ResourceItem.ReviewItem reviewItem(ReviewItemContext context) {
        Span span = building.span(context);
        return switch (context) {
            case LetReviewContext c -> new ResourceItem.ReviewLet(span, expressions.let(c.let()));
            case VerdictContext c -> new ResourceItem.When(
                    span,
                    expressions.of(c.expr(0), c),
                    c.REFUSE() != null
                            ? ResourceItem.Verdict.REFUSE
                            : c.CONSENT() != null ? ResourceItem.Verdict.CONSENT : ResourceItem.Verdict.NOTE,
                    expressions.of(c.expr(1), c),
                    c.IF() == null ? Optional.empty() : Optional.of(expressions.of(c.expr(2), c)));
            case ShowReviewContext c -> new ResourceItem.Show(
                    span,
                    expressions.of(c.expr(0), c),
                    expressions.primaries().string(c.string()),
                    expressions.of(c.expr(1), c));
            default -> throw new Building.Incomplete();
        };
    }

    private static Operation operation(int token) {
        return switch (token) {
            case OffxLexer.CREATE -> Operation.CREATE;
            case OffxLexer.UPDATE -> Operation.UPDATE;
            case OffxLexer.RENAME -> Operation.RENAME;
            case OffxLexer.DELETE -> Operation.DELETE;
            case OffxLexer.REPLACE -> Operation.REPLACE;
            case OffxLexer.PERFORM -> Operation.PERFORM;
            default -> throw new IllegalStateException("no operation: " + token);
        };
    }
}
