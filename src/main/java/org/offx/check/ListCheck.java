package org.offx.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** Lists and sets, and what goes through them: comprehensions, quantifiers. */
final class ListCheck {

    private final Checker checker;

    ListCheck(Checker checker) {
        this.checker = checker;
    }

    Term list(Expr.ListOf list, Type expected, Scope scope) {
        Optional<Type> collection = collection(expected);
        Type wanted = collection.flatMap(ListCheck::elementOf).orElse(Basic.ERROR);
        List<Term.Element> elements = new ArrayList<>();
        for (Expr.Element element : list.elements()) {
            elements.add(element(element, wanted, Types.isSecret(expected), scope));
        }
        if (wanted instanceof Type.Node) {
            return new Term.Items(list.span(), ofNodes(collection.orElseThrow(), elements), elements);
        }
        if (wanted != Basic.ERROR) {
            return new Term.Items(list.span(), collection.orElseThrow(), elements);
        }
        return inferred(list, elements);
    }

    /** Without an expected type: the one that all elements have. Where those of a secret are among them, all is secret. */
    private Term inferred(Expr.ListOf list, List<Term.Element> elements) {
        Type type = Basic.ERROR;
        boolean hidden = false;
        for (Term.Element element : elements) {
            Type own = element.spread() ? elementOf(Types.core(element.value().type())).orElse(Basic.ERROR) : element.value().type();
            hidden |= element.spread() && Types.isSecret(element.value().type());
            Optional<Type> joined = checker.types.join(type, own);
            if (joined.isEmpty()) {
                checker.problems.add(Diagnostic.error(
                                Code.TYPE_MISMATCH,
                                element.value().span(),
                                "this is " + TypeNames.a(own) + ", and what stands before is " + TypeNames.a(type))
                        .note("the elements of a list have one type"));
                return ExprCheck.missing(list.span());
            }
            type = joined.get();
        }
        List<Term.Element> fitted = new ArrayList<>();
        for (Term.Element element : elements) {
            Term value = element.spread() ? element.value() : checker.fitting.fit(element.value(), type);
            fitted.add(new Term.Element(value, element.spread(), element.condition()));
        }
        return new Term.Items(list.span(), hidden ? new Type.Secret(new Type.ListOf(Types.open(type))) : new Type.ListOf(type), fitted);
    }

    /** Nodes are of the kind that all of them are. */
    private Type ofNodes(Type collection, List<Term.Element> elements) {
        Type type = Basic.ERROR;
        for (Term.Element element : elements) {
            Type own = element.value().type();
            type = checker.types.join(type, element.spread() ? elementOf(Types.core(own)).orElse(own) : own).orElse(type);
        }
        return type == Basic.ERROR ? collection : of(collection, type);
    }

    private static Type of(Type collection, Type element) {
        return collection instanceof Type.SetOf ? new Type.SetOf(element) : new Type.ListOf(element);
    }

    /** @param hidden whether the list as a whole is to be a secret */
    private Term.Element element(Expr.Element element, Type wanted, boolean hidden, Scope scope) {
        Optional<Term> condition = element.condition().map(c -> checker.exprs.condition(c, scope));
        Scope inner = condition.isPresent() ? checker.narrowing.where(condition.get(), true, scope) : scope;
        if (!element.spread()) {
            return new Term.Element(checker.exprs.guided(element.value(), wanted, inner), false, condition);
        }
        Type hint = wanted == Basic.ERROR ? wanted : new Type.ListOf(wanted);
        Term value = checker.exprs.term(element.value(), hint, inner);
        if (elements(value, element.value()).isEmpty()) {
            return new Term.Element(Fitting.broken(value), true, condition);
        }
        boolean set = Types.core(value.type()) instanceof Type.SetOf;
        Type whole = set ? new Type.SetOf(wanted) : hint;
        Term fitted = wanted == Basic.ERROR
                ? value
                : checker.fitting.fit(value, hidden && Types.isSecret(value.type()) ? new Type.Secret(whole) : whole);
        return new Term.Element(fitted, true, condition);
    }

    /** The list or set that is expected, if any. */
    private static Optional<Type> collection(Type expected) {
        return Types.alternatives(expected).stream()
                .filter(t -> t instanceof Type.ListOf || t instanceof Type.SetOf)
                .findFirst();
    }

    private static Optional<Type> elementOf(Type collection) {
        return switch (collection) {
            case Type.ListOf(Type element) -> Optional.of(element);
            case Type.SetOf(Type element) -> Optional.of(element);
            default -> Optional.empty();
        };
    }

    /** The type of what a loop takes out of the value, a secret out of a secret; reported and empty where there is nothing to take. */
    Optional<Type> elements(Term in, Expr written) {
        if (Fitting.isBroken(in)) {
            return Optional.of(Basic.ERROR);
        }
        if (Types.isNullable(in.type())) {
            checker.misfits.maybeNull(in);
            return Optional.empty();
        }
        Optional<Type> element = elementOf(Types.core(in.type()));
        if (element.isEmpty()) {
            Diagnostic diagnostic = Diagnostic.error(
                    Code.TYPE_MISMATCH, written.span(), "expected a list or a set, but this is " + TypeNames.a(in.type()));
            checker.problems.add(switch (Types.core(in.type())) {
                case Type.MapOf ignored -> diagnostic.note("of a map: .entries() (with .key and .value), .keys() or .values()");
                case Basic basic when basic == Basic.JSON -> diagnostic.note("say what it must be: … as list<string>");
                case Basic basic when basic == Basic.STRING -> diagnostic.note("of a text: .lines() or .words()");
                default -> diagnostic;
            });
        }
        return element.map(type -> Types.isSecret(in.type()) ? Types.secret(type) : type);
    }

    /** A loop's variable, with its scope. */
    record Loop(Term in, Scope inside) {}

    Loop loop(Name variable, Expr in, Scope scope) {
        Term collection = checker.exprs.infer(in, scope);
        Type element = elements(collection, in).orElse(Basic.ERROR);
        return new Loop(collection, checker.lookup.bind(scope, variable, element, checker.nodeSets.of(collection, scope)));
    }

    /** What goes through a secret is a secret: how many elements there are, and which were chosen, tells of it too. */
    Term comprehension(Expr.ListComp comprehension, Type expected, Scope scope) {
        Loop loop = loop(comprehension.variable(), comprehension.in(), scope);
        Optional<Term> condition = comprehension.condition().map(c -> checker.exprs.condition(c, loop.inside()));
        Scope inner = condition.isPresent() ? checker.narrowing.where(condition.get(), true, loop.inside()) : loop.inside();
        Optional<Type> collection = collection(expected);
        Type wanted = collection.flatMap(ListCheck::elementOf).orElse(Basic.ERROR);
        boolean hidden = Types.isSecret(loop.in().type());
        Term element = checker.exprs.guided(comprehension.element(), hidden ? Types.secret(wanted) : wanted, inner);
        boolean own = wanted == Basic.ERROR || wanted instanceof Type.Node && element.type() instanceof Type.Node;
        Type made = hidden ? Types.open(element.type()) : element.type();
        Type plain = collection.map(c -> own ? of(c, made) : c).orElse(new Type.ListOf(made));
        Type type = hidden ? new Type.Secret(plain) : plain;
        return new Term.Comprehension(
                comprehension.span(), type, element, comprehension.variable().text(), loop.in(), condition);
    }

    Term quantifier(Expr.Quantifier quantifier, Scope scope) {
        Loop loop = loop(quantifier.variable(), quantifier.in(), scope);
        Term condition = checker.exprs.condition(quantifier.condition(), loop.inside());
        return new Term.Quantifier(
                quantifier.span(), Basic.BOOL, quantifier.all(), quantifier.variable().text(), loop.in(), condition);
    }
}
