package org.offx.syntax;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.offx.syntax.antlr.OffxParser.*;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Entry;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.value.Value;

/** Builds what operators apply to: literals, texts, commands, names, lists and braces. */
final class Primaries {

    private final Building building;
    private final Expressions expressions;
    private final Literals literals;
    private final Texts texts;
    private final Commands commands;

    Primaries(Building building, Expressions expressions) {
        this.building = building;
        this.expressions = expressions;
        this.literals = new Literals(building);
        this.texts = new Texts(building, expressions::of);
        this.commands = new Commands(building, expressions::of);
    }

    Expr of(PrimaryContext context) {
        Span span = building.span(context);
        return switch (context) {
            case LiteralExprContext c -> literal(c.literal());
            case StringExprContext c -> string(c.string());
            case CommandExprContext c -> command(c.command());
            case NameExprContext c -> new Expr.Ref(span, c.getText());
            case ImpliedContext c -> new Expr.Implied(span, building.name(c.label()));
            case RecordExprContext c -> braces(building.need(c.record()));
            case BlockExprContext c -> expressions.block(span, c.let(), expressions.of(c.expr(), c));
            case ListExprContext c -> list(building.need(c.list()));
            case ParensContext c -> new Expr.Parens(span, expressions.of(c.expr(), c));
            default -> throw new Building.Incomplete();
        };
    }

    Expr literal(LiteralContext context) {
        Span span = building.span(context);
        if (context.NUMBER() != null || context.INT() != null) {
            return literals.number(span);
        }
        if (context.CIDR4() != null) {
            return literals.cidr(span);
        }
        if (context.COLONS() != null) {
            return literals.colons(span);
        }
        return new Expr.Literal(span, context.NULL() != null ? Value.Nothing.NULL : new Value.Bool(context.TRUE() != null));
    }

    Expr string(@Nullable StringContext context) {
        return texts.of(building.need(context));
    }

    Expr command(CommandContext context) {
        return commands.of(context);
    }

    Expr list(ListContext context) {
        Span span = building.span(context);
        CompForContext comprehension = context.compFor();
        List<Expr.Element> elements = building.each(context.element(), expressions::element);
        if (comprehension == null) {
            return new Expr.ListOf(span, elements);
        }
        if (elements.isEmpty()) {
            throw new Building.Incomplete();
        }
        Expr.Element element = elements.getFirst();
        element.condition().ifPresent(condition -> building.report(Diagnostic.error(Code.SYNTAX, condition.span(), "the condition of a comprehension stands at its end")
                .note("write `[e for x in xs if c]`")));
        if (element.spread()) {
            building.report(Diagnostic.error(Code.SYNTAX, element.span(), "a comprehension gives one element at a time, so `...` has nothing to spread into")
                    .note("to join the lists of several, write a second `for` around it, or `.flatten()`"));
        }
        return new Expr.ListComp(
                span,
                element.value(),
                building.name(comprehension.word()),
                expressions.of(comprehension.expr(0), comprehension),
                condition(comprehension));
    }

    private Optional<Expr> condition(CompForContext comprehension) {
        return comprehension.IF() == null
                ? Optional.empty()
                : Optional.of(expressions.of(comprehension.expr(1), comprehension));
    }

    private Expr braces(RecordContext context) {
        Span span = building.span(context);
        CompForContext comprehension = context.compFor();
        if (comprehension == null) {
            return new Expr.Braces(span, building.each(context.entry(), this::entry));
        }
        if (context.entry(0) instanceof KeyedContext keyed && keyed.lbrack() != null) {
            return new Expr.MapComp(
                    span,
                    expressions.of(keyed.expr(0), keyed),
                    expressions.of(keyed.expr(1), keyed),
                    building.name(comprehension.word()),
                    expressions.of(comprehension.expr(0), comprehension),
                    condition(comprehension));
        }
        refuse(comprehension);
        return new Expr.Missing(span);
    }

    /** The entries of braces that are no expression: a node's attributes, a nested block. */
    List<Entry> entries(@Nullable RecordContext context) {
        RecordContext written = building.need(context);
        if (written.compFor() != null) {
            refuse(written.compFor());
        }
        return building.each(written.entry(), this::entry);
    }

    private void refuse(CompForContext comprehension) {
        building.report(Diagnostic.error(Code.SYNTAX, building.span(comprehension.FOR().getSymbol()), "a `for` that makes entries needs a key that differs for each")
                .note("write the key in brackets: `{ [x.name] = x.size for x in xs }`"));
    }

    private Entry entry(EntryContext context) {
        Span span = building.span(context);
        return switch (context) {
            case LabelledContext c -> new Entry.Labelled(span, building.name(c.label()), expressions.of(c.expr(), c));
            case KeyedContext c when c.lbrack() != null -> new Entry.Keyed(span, expressions.of(c.expr(0), c), expressions.of(c.expr(1), c));
            case KeyedContext c -> new Entry.Keyed(span, key(c), expressions.of(c.expr(0), c));
            case ShortEntryContext c when c.exception != null -> throw new Building.Incomplete();
            case ShortEntryContext c -> new Entry.Shorthand(span, building.name(c.word()));
            case SpreadEntryContext c -> new Entry.Spread(span, expressions.of(c.expr(), c));
            default -> throw new Building.Incomplete();
        };
    }

    private Expr key(KeyedContext context) {
        if (context.string() != null) {
            return string(context.string());
        }
        if (context.INT() != null) {
            return literals.number(building.span(context.INT().getSymbol()));
        }
        Name first = building.name(context.word());
        Expr key = new Expr.Ref(first.span(), first.text());
        for (LabelContext label : context.label()) {
            Name name = building.name(label);
            key = new Expr.Member(key.span().to(name.span()), key, name, false);
        }
        return key;
    }

    List<Expr.Arg> arguments(@Nullable ArgsContext context) {
        return context == null ? List.of() : building.each(context.arg(), this::argument);
    }

    private Expr.Arg argument(ArgContext context) {
        return new Expr.Arg(
                building.span(context), building.whole(context.label(), building::name), expressions.of(context.expr(), context));
    }
}
