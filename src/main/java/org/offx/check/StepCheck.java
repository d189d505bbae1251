package org.offx.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Expr;
import org.offx.tree.StepItem;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** Steps. They are pure: they say what is to be done, and read nothing. */
final class StepCheck {

    private static final Type INPUT = new Type.Optional(new Type.Secret(Basic.STRING));
    private static final Type TEXT = new Type.Secret(Basic.STRING);
    private static final Type NAME = new Type.Optional(Basic.STRING);

    private final Checker checker;

    StepCheck(Checker checker) {
        this.checker = checker;
    }

    List<StepTerm> steps(List<StepItem> items, Scope outer) {
        List<StepTerm> steps = new ArrayList<>();
        Scope scope = outer;
        for (StepItem item : items) {
            if (item instanceof StepItem.LetStep(Span span, Decl.Let let)) {
                List<Term.Let> lets = new ArrayList<>();
                scope = checker.exprs.let(let, scope, lets);
                steps.add(new StepTerm.Let(span, lets.getFirst()));
            } else {
                steps.add(step(item, scope));
            }
        }
        return steps;
    }

    /** May one of them give a file a text that does not come from the old one? */
    static boolean overwrite(List<StepItem> steps) {
        return steps.stream().anyMatch(step -> switch (step) {
            case StepItem.Edit edit -> !Mentions.of(edit.variable().text(), edit.result());
            case StepItem.OnNode on -> overwrite(on.steps());
            case StepItem.ForStep loop -> overwrite(loop.steps());
            case StepItem.IfStep choice -> overwrite(choice.then()) || overwrite(choice.otherwise());
            case StepItem.LetStep ignored -> false;
            case StepItem.Run ignored -> false;
            case StepItem.Settle ignored -> false;
            case StepItem.Wait ignored -> false;
        });
    }

    private StepTerm step(StepItem item, Scope scope) {
        return switch (item) {
            case StepItem.LetStep let -> throw new IllegalStateException("a let is no step of its own");
            case StepItem.Run(Span span, Expr command, var input, var timeout, var accepted) -> new StepTerm.Run(
                    span,
                    checker.exprs.check(command, Basic.COMMAND, scope),
                    input.map(i -> maybeSecret(i, INPUT, Types.optional(Basic.STRING), scope)),
                    checker.exprs.check(timeout, Basic.DURATION, scope),
                    checker.commands.accepted(accepted));
            case StepItem.Settle(Span span, Expr command) ->
                new StepTerm.Settle(span, checker.exprs.check(command, Basic.COMMAND, scope));
            case StepItem.Edit edit -> edit(edit, scope);
            case StepItem.Wait(Span span, Expr command, Expr within) -> new StepTerm.Wait(
                    span,
                    checker.exprs.check(command, Basic.COMMAND, scope),
                    checker.exprs.check(within, Basic.DURATION, scope));
            case StepItem.OnNode(Span span, Expr node, List<StepItem> steps) -> new StepTerm.OnNode(
                    span, checker.exprs.check(node, new Type.Node(""), scope), steps(steps, scope));
            case StepItem.ForStep loop -> {
                ListCheck.Loop inside = checker.lists.loop(loop.variable(), loop.in(), scope);
                yield new StepTerm.For(
                        loop.span(), loop.variable().text(), inside.in(), steps(loop.steps(), inside.inside()));
            }
            case StepItem.IfStep choice -> {
                Term condition = checker.exprs.condition(choice.condition(), scope);
                yield new StepTerm.If(
                        choice.span(),
                        condition,
                        steps(choice.then(), checker.narrowing.where(condition, true, scope)),
                        steps(choice.otherwise(), checker.narrowing.where(condition, false, scope)));
            }
        };
    }

    /** A text that may be a secret, and stays plain where it is none. */
    private Term maybeSecret(Expr written, Type secret, Type plain, Scope scope) {
        return Types.isSecret(checker.exprs.typeOf(written, scope))
                ? unsealed(checker.exprs.check(written, secret, scope))
                : checker.exprs.check(written, plain, scope);
    }

    /** Of several that may be chosen, those that are plain stay so, unless {@code as} makes them secret. */
    private static Term unsealed(Term term) {
        return switch (term) {
            case Term.If(Span span, Type type, Term condition, Term then, Term otherwise) ->
                new Term.If(span, type, condition, unsealed(then), unsealed(otherwise));
            case Term.Logic(Span span, Type type, Term.Operator operator, Term left, Term right) ->
                new Term.Logic(span, type, operator, unsealed(left), unsealed(right));
            case Term.Match(Span span, Type type, Term target, List<Term.Arm> arms) -> new Term.Match(
                    span, type, target, arms.stream().map(arm -> new Term.Arm(arm.patterns(), unsealed(arm.result()))).toList());
            case Term.Block(Span span, Type type, List<Term.Let> lets, Term result) ->
                new Term.Block(span, type, lets, unsealed(result));
            case Term.Convert(Span span, Type type, Term value)
                    when Types.isSecret(type) && !Types.isSecret(value.type()) && span.equals(value.span()) ->
                new Term.Convert(span, Types.open(type), value);
            default -> term;
        };
    }

    private StepTerm edit(StepItem.Edit edit, Scope scope) {
        Term path = checker.exprs.check(edit.path(), Basic.PATH, scope);
        Scope inside = checker.lookup.bind(scope, edit.variable(), Basic.STRING);
        return new StepTerm.Edit(
                edit.span(),
                path,
                edit.variable().text(),
                maybeSecret(edit.result(), TEXT, Basic.STRING, inside),
                checker.exprs.check(edit.mode(), new Type.Optional(Basic.MODE), scope),
                checker.exprs.check(edit.owner(), NAME, scope),
                checker.exprs.check(edit.group(), NAME, scope),
                edit.validate().map(v -> validation(v, scope)));
    }

    /** A command of {@code it}, the new file, or a function that makes one of its path. */
    private Term validation(Expr written, Scope scope) {
        Scope inside = scope.with("it", Basic.PATH, written.span());
        Type function = new Type.Function(List.of(Basic.STRING), Basic.COMMAND);
        Term term = checker.exprs.term(written, Types.optional(new Type.Union(List.of(Basic.COMMAND, function))), inside);
        if (!(Types.core(term.type()) instanceof Type.Function)) {
            return checker.fitting.fit(term, Types.optional(Basic.COMMAND));
        }
        Span span = written.span();
        Term candidate = checker.fitting.fit(new Term.Local(span, Basic.PATH, "it"), Basic.STRING);
        Term fitted = checker.fitting.fit(term, Types.optional(function));
        Term applied = new Term.Apply(span, Basic.COMMAND, fitted, List.of(candidate));
        if (!Types.isNullable(fitted.type())) {
            return applied;
        }
        Term nothing = new Term.Const(span, Basic.NULL, Value.Nothing.NULL);
        Term there = new Term.BuiltinCall(span, Basic.BOOL, Builtin.NOT_EQUAL, List.of(fitted, nothing));
        return new Term.If(span, new Type.Optional(Basic.COMMAND), there, applied, nothing);
    }
}
