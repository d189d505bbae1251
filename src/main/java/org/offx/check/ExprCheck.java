package org.offx.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/**
 * Expressions: hands each to its family, and checks itself what only combines others. The expected type flows down, so
 * that bare words, braces and lambdas get their meaning; {@link Basic#ERROR} expects nothing.
 */
final class ExprCheck {

    private final Checker checker;

    ExprCheck(Checker checker) {
        this.checker = checker;
    }

    /**
     * The term for a place of that declared type; what does not fit is reported. Where the declaration is wrong, nobody
     * knows what should stand here, and that has been said.
     */
    Term check(Expr expr, Type expected, Scope scope) {
        if (expected != Basic.ERROR) {
            return checker.fitting.fit(term(expr, expected, scope), expected);
        }
        int before = checker.problems.count();
        Term term = infer(expr, scope);
        checker.problems.forgetAfter(before, expr.span());
        return term;
    }

    /** The same where a type is expected only if something is known of it. */
    Term guided(Expr expr, Type expected, Scope scope) {
        return expected == Basic.ERROR ? infer(expr, scope) : check(expr, expected, scope);
    }

    Optional<Term> check(Optional<Expr> expr, Type expected, Scope scope) {
        return expr.map(e -> check(e, expected, scope));
    }

    Term infer(Expr expr, Scope scope) {
        return term(expr, Basic.ERROR, scope);
    }

    Term condition(Expr expr, Scope scope) {
        return check(expr, Basic.BOOL, scope);
    }

    /** The term, whether it fits what is expected or not. */
    Term term(Expr expr, Type expected, Scope scope) {
        return switch (expr) {
            case Expr.Missing(Span span) -> missing(span);
            case Expr.Parens(Span span, Expr inner) -> term(inner, expected, scope);
            case Expr.Literal literal -> checker.literals.term(literal, expected);
            case Expr.Template template -> checker.texts.template(template, expected, scope);
            case Expr.Command command -> checker.commands.command(command, scope);
            case Expr.Pipe pipe -> checker.commands.pipe(pipe, scope);
            case Expr.Probe probe -> checker.commands.probe(probe, scope);
            case Expr.Ref ref -> checker.names.ref(ref, expected, scope);
            case Expr.Implied implied -> checker.names.implied(implied, scope);
            case Expr.Member member -> checker.members.member(member, expected, scope);
            case Expr.Call call -> checker.calls.call(call, expected, scope);
            case Expr.Index index -> checker.operators.index(index, scope);
            case Expr.Unary unary -> checker.operators.unary(unary, expected, scope);
            case Expr.Binary binary -> checker.operators.binary(binary, expected, scope);
            case Expr.As as -> cast(as, scope);
            case Expr.If choice -> choice(choice, expected, scope);
            case Expr.Match match -> checker.matches.match(match, expected, scope);
            case Expr.Lambda lambda -> lambda(lambda, expected, scope);
            case Expr.Quantifier quantifier -> checker.lists.quantifier(quantifier, scope);
            case Expr.ListOf list -> checker.lists.list(list, expected, scope);
            case Expr.ListComp comprehension -> checker.lists.comprehension(comprehension, expected, scope);
            case Expr.Braces braces -> checker.braces.braces(braces, expected, scope);
            case Expr.MapComp comprehension -> checker.braces.comprehension(comprehension, expected, scope);
            case Expr.Block block -> block(block, expected, scope);
        };
    }

    static Term missing(Span span) {
        return new Term.Const(span, Basic.ERROR, Value.Nothing.NULL);
    }

    private Term choice(Expr.If choice, Type expected, Scope scope) {
        Term condition = condition(choice.condition(), scope);
        Term then = term(choice.then(), expected, checker.narrowing.where(condition, true, scope));
        Term otherwise = term(choice.otherwise(), expected, checker.narrowing.where(condition, false, scope));
        List<Term> branches = alike(List.of(then, otherwise), expected, "the two sides of an `if` have one type");
        Type type = branches.get(0).type().equals(branches.get(1).type())
                ? branches.get(0).type()
                : joined(branches, expected);
        return new Term.If(choice.span(), type, condition, branches.get(0), branches.get(1));
    }

    /** The type that an expression has by itself. What is wrong in it is for whoever checks it. */
    Type typeOf(Expr written, Scope scope) {
        int before = checker.problems.count();
        Type type = infer(written, scope).type();
        checker.problems.forgetAfter(before, written.span());
        return type;
    }

    /** Terms of which one is chosen: each fits what is expected, or all have one type. */
    List<Term> alike(List<Term> terms, Type expected, String rule) {
        if (expected != Basic.ERROR) {
            return terms.stream().map(t -> checker.fitting.fit(t, expected)).toList();
        }
        Type type = Basic.ERROR;
        for (Term term : terms) {
            Optional<Type> joined = checker.types.join(type, term.type());
            if (joined.isEmpty()) {
                checker.problems.add(Diagnostic.error(
                                Code.TYPE_MISMATCH,
                                term.span(),
                                "this is " + TypeNames.a(term.type()) + ", the other is " + TypeNames.a(type))
                        .note(rule));
                return terms.stream().map(Fitting::broken).toList();
            }
            type = joined.get();
        }
        Type common = type;
        return terms.stream().map(t -> checker.fitting.fit(t, common)).toList();
    }

    Type joined(List<Term> terms, Type expected) {
        Type type = Basic.ERROR;
        for (Term term : terms) {
            Optional<Type> joined = checker.types.join(type, term.type());
            if (joined.isEmpty()) {
                return expected;
            }
            type = joined.get();
        }
        return type;
    }

    private Term block(Expr.Block block, Type expected, Scope scope) {
        List<Term.Let> lets = new ArrayList<>();
        Scope inner = scope;
        for (Decl.Let let : block.lets()) {
            inner = let(let, inner, lets);
        }
        Term result = term(block.result(), expected, inner);
        return new Term.Block(block.span(), result.type(), lets, result);
    }

    /** Adds the definition to the lets; the scope behind it. */
    Scope let(Decl.Let let, Scope scope, List<Term.Let> lets) {
        Term value = letValue(let, scope);
        lets.add(new Term.Let(let.span(), let.name().text(), value));
        return checker.lookup.bind(scope, let.name(), letType(let, value, scope), checker.nodeSets.of(value, scope));
    }

    Term letValue(Decl.Let let, Scope scope) {
        return let.type().isPresent()
                ? check(let.value(), checker.typeReader.read(let.type().get(), scope.unit()), scope)
                : infer(let.value(), scope);
    }

    Type letType(Decl.Let let, Term value, Scope scope) {
        return let.type().isPresent() ? checker.typeReader.read(let.type().get(), scope.unit()) : value.type();
    }

    private Term lambda(Expr.Lambda lambda, Type expected, Scope scope) {
        Optional<Type.Function> function = Types.alternatives(expected).stream()
                .filter(Type.Function.class::isInstance)
                .map(Type.Function.class::cast)
                .findFirst();
        if (function.isEmpty()) {
            checker.problems.add(Diagnostic.error(
                            Code.TYPE_MISMATCH,
                            lambda.span(),
                            expected == Basic.ERROR
                                    ? "a function stands here, and nothing says what its parameters are"
                                    : "expected " + TypeNames.a(expected) + ", but this is a function")
                    .note("`x => …` stands where a function is expected, as in xs.map(x => x.name); elsewhere declare it with fn"));
            return missing(lambda.span());
        }
        List<Type> params = function.get().params();
        if (params.size() != lambda.params().size()) {
            checker.problems.error(
                    Code.BAD_CALL,
                    lambda.span(),
                    "a function of " + counted(params.size(), "parameter") + " is expected, and this one has "
                            + lambda.params().size());
            return missing(lambda.span());
        }
        Scope inner = scope;
        for (int i = 0; i < params.size(); i++) {
            inner = checker.lookup.bind(inner, lambda.params().get(i), params.get(i));
        }
        Type result = function.get().result();
        Term body = Signature.hasVariables(result) ? infer(lambda.body(), inner) : check(lambda.body(), result, inner);
        List<String> names = lambda.params().stream().map(Name::text).toList();
        return new Term.Lambda(lambda.span(), new Type.Function(params, body.type()), names, body);
    }

    static String counted(int count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private Term cast(Expr.As as, Scope scope) {
        Type type = checker.typeReader.read(as.type(), scope.unit());
        Term value = infer(as.value(), scope);
        if (type == Basic.ERROR || Fitting.isBroken(value)) {
            return missing(as.span());
        }
        if (isDecoded(value.type(), type)) {
            return new Term.Convert(as.span(), type, value);
        }
        Term fitting = checker.fitting.fit(value, type);
        // It says so itself: what is converted because a place expects it stands where its value stands.
        return fitting instanceof Term.Convert(Span at, Type to, Term from) && from == value
                ? new Term.Convert(as.span(), to, from)
                : fitting;
    }

    /** Json becomes anything; a text becomes the member of an enum that is spelt so. */
    private boolean isDecoded(Type from, Type to) {
        if (from == Basic.JSON) {
            return to != Basic.JSON;
        }
        if (from instanceof Type.Optional(Type inner)) {
            return to instanceof Type.Optional(Type wanted) && isDecoded(inner, wanted);
        }
        if (from instanceof Type.ListOf(Type a) && to instanceof Type.ListOf(Type b)) {
            return isDecoded(a, b);
        }
        return Types.core(from) == Basic.STRING && Types.alternatives(to).stream().anyMatch(Type.Enum.class::isInstance);
    }
}
