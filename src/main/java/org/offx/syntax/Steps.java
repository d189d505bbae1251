package org.offx.syntax;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.offx.syntax.antlr.OffxLexer;
import org.offx.syntax.antlr.OffxParser.*;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Expr;
import org.offx.tree.StepItem;

/** Builds steps. */
final class Steps {

    private final Building building;
    private final Expressions expressions;

    Steps(Building building, Expressions expressions) {
        this.building = building;
        this.expressions = expressions;
    }

    List<StepItem> block(@Nullable StepsContext context) {
        return context == null ? List.of() : building.each(context.step(), this::step);
    }

    private StepItem step(StepContext context) {
        Span span = building.span(context);
        return switch (context) {
            case LetStepContext c -> new StepItem.LetStep(span, expressions.let(c.let()));
            case RunStepContext c -> run(span, c);
            case SettleStepContext c -> new StepItem.Settle(span, expressions.of(c.expr(), c));
            case EditStepContext c -> edit(span, c);
            case WaitStepContext c -> new StepItem.Wait(span, expressions.of(c.expr(0), c), expressions.of(c.expr(1), c));
            case OnStepContext c -> new StepItem.OnNode(span, expressions.of(c.expr(), c), block(c.steps()));
            case ForStepContext c -> new StepItem.ForStep(
                    span, building.name(c.word()), expressions.of(c.expr(), c), block(c.steps()));
            case IfStepContext c -> conditional(building.need(c.ifSteps()));
            default -> throw new Building.Incomplete();
        };
    }

    private StepItem conditional(IfStepsContext context) {
        boolean chained = context.ifSteps() != null;
        return new StepItem.IfStep(
                building.span(context),
                expressions.of(context.expr(), context),
                block(context.steps(0)),
                chained ? List.of(conditional(context.ifSteps())) : block(context.steps(1)));
    }

    private StepItem run(Span span, RunStepContext c) {
        Options options = new Options();
        int end = c.getChildCount() - (c.accepted() == null ? 0 : 1);
        for (int i = 2; i + 1 < end; i += 2) {
            options.add(c.getChild(i), c.getChild(i + 1), c);
        }
        return new StepItem.Run(
                span,
                expressions.of(c.expr(0), c),
                options.get(OffxLexer.INPUT),
                options.get(OffxLexer.TIMEOUT),
                expressions.statuses(c.accepted()));
    }

    private StepItem edit(Span span, EditStepContext c) {
        Options options = new Options();
        for (EditOptionContext option : c.editOption()) {
            options.add(option.getChild(0), option.getChild(1), option);
        }
        Expr result = expressions.of(c.expr(1), c);
        if (!c.let().isEmpty()) {
            Span block = building.span(c.let(0)).to(result.span());
            result = expressions.block(block, c.let(), result);
        }
        return new StepItem.Edit(
                span,
                expressions.of(c.expr(0), c),
                building.name(c.word()),
                result,
                options.get(OffxLexer.MODE),
                options.get(OffxLexer.OWNER),
                options.get(OffxLexer.GROUP),
                options.get(OffxLexer.VALIDATE));
    }

    /** What follows a step by a word each; given twice, it is an error. */
    private final class Options {

        private final Map<Integer, Expr> given = new HashMap<>();

        void add(@Nullable ParseTree word, @Nullable ParseTree value, ParserRuleContext owner) {
            if (!(word instanceof TerminalNode terminal)) {
                return;
            }
            Token token = terminal.getSymbol();
            Expr written = expressions.of(value instanceof ExprContext expr ? expr : null, owner);
            if (given.put(token.getType(), written) != null) {
                building.report(Diagnostic.error(Code.SYNTAX, building.span(token), "`" + token.getText() + "` is given twice"));
            }
        }

        Optional<Expr> get(int word) {
            return Optional.ofNullable(given.get(word));
        }
    }
}
