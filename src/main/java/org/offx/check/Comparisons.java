package org.offx.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.tree.Expr;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** Comparisons: equality, order, membership, regular expressions. What could never be equal is refused. */
final class Comparisons {

    private static final Set<Basic> ORDERED = Set.of(
            Basic.INT, Basic.FLOAT, Basic.SIZE, Basic.DURATION, Basic.RATE, Basic.PERCENT, Basic.VERSION, Basic.STRING,
            Basic.IP);

    private final Checker checker;

    Comparisons(Checker checker) {
        this.checker = checker;
    }

    Term equality(Expr.Binary binary, Builtin builtin, Scope scope) {
        Term left;
        Term right;
        if (isUnnamedWord(binary.left(), scope)) {
            right = checker.exprs.infer(binary.right(), scope);
            left = checker.exprs.term(binary.left(), hint(right), scope);
        } else {
            left = checker.exprs.infer(binary.left(), scope);
            right = checker.exprs.term(binary.right(), hint(left), scope);
        }
        return compared(binary, builtin, left, right);
    }

    /** A word that only the other side can give a meaning. */
    private boolean isUnnamedWord(Expr expr, Scope scope) {
        return expr instanceof Expr.Ref(var span, String name)
                && scope.local(name).isEmpty()
                && !name.equals("node")
                && checker.lookup.name(scope.unit(), Names.Space.VALUE, name).isEmpty();
    }

    private static Type hint(Term other) {
        Type type = Types.nonNull(other.type());
        return type == Basic.NULL ? Basic.ERROR : type;
    }

    private Term compared(Expr.Binary binary, Builtin builtin, Term left, Term right) {
        if (left.type() == Basic.NULL || right.type() == Basic.NULL) {
            return result(binary, builtin, left, right);
        }
        Type a = Types.nonNull(left.type());
        Type b = Types.nonNull(right.type());
        boolean property = a instanceof Type.Prop != b instanceof Type.Prop && !isSymbol(a) && !isSymbol(b);
        if (!property && (checker.types.fit(a, b) == Types.Fit.SAME || checker.types.fit(b, a) == Types.Fit.SAME)) {
            return result(binary, builtin, left, right);
        }
        Optional<Term> second = property ? Optional.empty() : converted(right, a);
        if (second.isPresent()) {
            return result(binary, builtin, left, second.get());
        }
        Optional<Term> first = property ? Optional.empty() : converted(left, b);
        if (first.isPresent()) {
            return result(binary, builtin, first.get(), right);
        }
        Diagnostic diagnostic = Diagnostic.error(
                        Code.TYPE_MISMATCH,
                        binary.opSpan(),
                        TypeNames.a(left.type()) + " is never equal to " + TypeNames.a(right.type()))
                .and(left.span(), TypeNames.of(left.type()))
                .and(right.span(), TypeNames.of(right.type()));
        checker.problems.add(property ? diagnostic.note("compare the value of the property: .value()") : diagnostic);
        return ExprCheck.missing(binary.span());
    }

    private static boolean isSymbol(Type type) {
        return type instanceof Type.Symbol || type == Basic.ERROR;
    }

    private Optional<Term> converted(Term term, Type other) {
        Type wanted = Types.base(other);
        return checker.fitting.silently(term, Types.isNullable(term.type()) ? Types.optional(wanted) : wanted);
    }

    private static Term result(Expr.Binary binary, Builtin builtin, Term left, Term right) {
        return new Term.BuiltinCall(binary.span(), Basic.BOOL, builtin, List.of(left, right));
    }

    Term order(Expr.Binary binary, Builtin builtin, Scope scope) {
        Term left = checker.exprs.infer(binary.left(), scope);
        Term right = checker.exprs.term(binary.right(), hint(left), scope);
        if (Fitting.isBroken(left) || Fitting.isBroken(right)) {
            return ExprCheck.missing(binary.span());
        }
        for (Term side : List.of(left, right)) {
            if (Types.isNullable(side.type())) {
                checker.misfits.maybeNull(side);
                return ExprCheck.missing(binary.span());
            }
        }
        Type a = Types.core(left.type());
        Type b = Types.core(right.type());
        if (!(a instanceof Basic basic) || !ORDERED.contains(basic)) {
            checker.problems.error(
                    Code.TYPE_MISMATCH,
                    left.span(),
                    "`" + binary.op().symbol() + "` compares amounts, and this is " + TypeNames.a(left.type()));
            return ExprCheck.missing(binary.span());
        }
        if (a == Basic.INT && b == Basic.FLOAT) {
            return result(binary, builtin, checker.fitting.fit(left, Basic.FLOAT), right);
        }
        return result(binary, builtin, left, checker.fitting.fit(right, a));
    }

    Term membership(Expr.Binary binary, Scope scope) {
        Term left;
        Term right;
        if (isUnnamedWord(binary.left(), scope)) {
            right = checker.exprs.infer(binary.right(), scope);
            left = checker.exprs.term(
                    binary.left(), element(Types.core(right.type()), Basic.STRING).orElse(Basic.ERROR), scope);
        } else {
            left = checker.exprs.infer(binary.left(), scope);
            Type hint = binary.right() instanceof Expr.ListOf ? new Type.ListOf(hint(left)) : Basic.ERROR;
            right = checker.exprs.term(binary.right(), hint, scope);
        }
        if (Fitting.isBroken(left) || Fitting.isBroken(right)) {
            return ExprCheck.missing(binary.span());
        }
        if (Types.isNullable(right.type())) {
            checker.misfits.maybeNull(right);
            return ExprCheck.missing(binary.span());
        }
        Optional<Type> element = element(Types.core(right.type()), Types.core(left.type()));
        if (element.isEmpty()) {
            checker.problems.error(
                    Code.TYPE_MISMATCH,
                    right.span(),
                    "nothing is `in` " + TypeNames.a(right.type()) + ": it is no list, set, map, network or text");
            return ExprCheck.missing(binary.span());
        }
        Type present = Types.nonNull(left.type());
        boolean comparable = checker.types.fit(present, element.get()) != Types.Fit.NO
                || checker.types.fit(element.get(), present) != Types.Fit.NO;
        if (!comparable) {
            checker.problems.add(Diagnostic.error(
                            Code.TYPE_MISMATCH,
                            binary.opSpan(),
                            TypeNames.a(left.type()) + " is never in " + TypeNames.a(right.type()))
                    .and(left.span(), TypeNames.of(left.type()))
                    .and(right.span(), TypeNames.of(right.type())));
            return ExprCheck.missing(binary.span());
        }
        return result(binary, Builtin.IN, converted(left, element.get()).orElse(left), right);
    }

    private static Optional<Type> element(Type in, Type of) {
        return switch (in) {
            case Type.ListOf(Type element) -> Optional.of(element);
            case Type.SetOf(Type element) -> Optional.of(element);
            case Type.MapOf(Type key, Type value) -> Optional.of(key);
            case Basic basic when basic == Basic.CIDR -> Optional.of(of == Basic.CIDR ? Basic.CIDR : Basic.IP);
            case Basic basic when basic == Basic.STRING -> Optional.of(Basic.STRING);
            default -> Optional.empty();
        };
    }

    Term matches(Expr.Binary binary, Scope scope) {
        Term left = checker.exprs.check(binary.left(), Basic.STRING, scope);
        Term right = checker.exprs.check(binary.right(), Basic.REGEX, scope);
        return result(binary, Builtin.MATCHES, left, right);
    }
}
