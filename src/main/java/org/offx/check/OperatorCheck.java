package org.offx.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Expr;
import org.offx.tree.Expr.BinaryOp;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** Operators other than comparisons: logic, {@code ??}, sums and products, ranges, indexes. */
final class OperatorCheck {

    private static final Set<Basic> NUMBERS = Set.of(Basic.INT, Basic.FLOAT);
    private static final Set<Basic> AMOUNTS = Set.of(Basic.SIZE, Basic.DURATION, Basic.RATE);

    private final Checker checker;
    private final Comparisons comparisons;

    OperatorCheck(Checker checker) {
        this.checker = checker;
        this.comparisons = new Comparisons(checker);
    }

    Term binary(Expr.Binary binary, Type expected, Scope scope) {
        return switch (binary.op()) {
            case AND -> logic(binary, Term.Operator.AND, scope);
            case OR -> logic(binary, Term.Operator.OR, scope);
            case OR_ELSE -> orElse(binary, expected, scope);
            case EQUAL -> comparisons.equality(binary, Builtin.EQUAL, scope);
            case NOT_EQUAL -> comparisons.equality(binary, Builtin.NOT_EQUAL, scope);
            case LESS -> comparisons.order(binary, Builtin.LESS, scope);
            case LESS_OR_EQUAL -> comparisons.order(binary, Builtin.LESS_OR_EQUAL, scope);
            case GREATER -> comparisons.order(binary, Builtin.GREATER, scope);
            case GREATER_OR_EQUAL -> comparisons.order(binary, Builtin.GREATER_OR_EQUAL, scope);
            case IN -> comparisons.membership(binary, scope);
            case MATCHES -> comparisons.matches(binary, scope);
            case ADD, SUBTRACT -> sum(binary, expected, scope);
            case MULTIPLY -> arithmetic(binary, Builtin.MULTIPLY, scope);
            case DIVIDE -> arithmetic(binary, Builtin.DIVIDE, scope);
            case RANGE -> arithmetic(binary, Builtin.RANGE, scope);
        };
    }

    private Term logic(Expr.Binary binary, Term.Operator operator, Scope scope) {
        Term left = checker.exprs.condition(binary.left(), scope);
        Scope after = checker.narrowing.where(left, operator == Term.Operator.AND, scope);
        Term right = checker.exprs.condition(binary.right(), after);
        return new Term.Logic(binary.span(), Basic.BOOL, operator, left, right);
    }

    private Term orElse(Expr.Binary binary, Type expected, Scope scope) {
        Term left;
        Term right;
        if (expected == Basic.ERROR) {
            left = checker.exprs.infer(binary.left(), scope);
            Type present = Types.nonNull(left.type());
            right = checker.exprs.term(binary.right(), present == Basic.NULL ? Basic.ERROR : present, scope);
            Optional<Type> joined = checker.types.join(present == Basic.NULL ? Basic.ERROR : present, right.type());
            if (joined.isEmpty()) {
                checker.misfits.report(right, present);
                return ExprCheck.missing(binary.span());
            }
            right = checker.fitting.fit(right, joined.get());
            left = checker.fitting.fit(left, Types.optional(joined.get()));
        } else {
            left = checker.exprs.check(binary.left(), Types.optional(expected), scope);
            right = checker.exprs.check(binary.right(), expected, scope);
        }
        Type present = left.type() == Basic.NULL ? Basic.ERROR : Types.nonNull(left.type());
        Type type = checker.types.join(present, right.type()).orElse(expected);
        return new Term.Logic(binary.span(), type, Term.Operator.OR_ELSE, left, right);
    }

    private Term sum(Expr.Binary binary, Type expected, Scope scope) {
        Builtin builtin = binary.op() == BinaryOp.ADD ? Builtin.ADD : Builtin.SUBTRACT;
        Type hint = isCollection(expected) ? Types.core(expected) : Basic.ERROR;
        Term left = checker.exprs.term(binary.left(), hint, scope);
        if (left.type() == Basic.COMMAND && builtin == Builtin.ADD) {
            return checker.commands.joined(binary, left, scope);
        }
        Type type = Types.core(left.type());
        Term right = checker.exprs.term(binary.right(), isCollection(type) ? type : Basic.ERROR, scope);
        if (isCollection(type) && !Types.isNullable(left.type())) {
            return collections(binary, builtin, left, right);
        }
        return arithmetic(binary, builtin, left, right);
    }

    private static boolean isCollection(Type type) {
        Type core = Types.core(type);
        return core instanceof Type.ListOf || core instanceof Type.SetOf || core instanceof Type.MapOf;
    }

    /** Lists, sets and maps; a single element to take away, or a single node, counts as a list or set of one. */
    private Term collections(Expr.Binary binary, Builtin builtin, Term left, Term right) {
        Type type = Types.core(left.type());
        Term other = right;
        Optional<Type> element = element(type);
        boolean single = element.isPresent()
                && !isCollection(right.type())
                && checker.types.fit(right.type(), element.get()) != Types.Fit.NO
                && (builtin == Builtin.SUBTRACT || element.get() instanceof Type.Node);
        if (single && !Fitting.isBroken(right)) {
            Term fitted = checker.fitting.fit(right, element.get());
            other = new Term.Items(
                    right.span(), type, List.of(new Term.Element(fitted, false, Optional.empty())));
        }
        if (builtin == Builtin.SUBTRACT && type instanceof Type.MapOf) {
            return misapplied(binary, left, right);
        }
        Optional<Type> joined = checker.types.join(type, other.type());
        if (joined.isEmpty() || !isCollection(joined.get())) {
            Optional<Term> converted = checker.fitting.silently(other, type);
            if (converted.isEmpty()) {
                checker.misfits.report(other, type);
                return ExprCheck.missing(binary.span());
            }
            other = converted.get();
            joined = Optional.of(type);
        }
        return new Term.BuiltinCall(
                binary.span(), builtin == Builtin.ADD ? joined.get() : left.type(), builtin, List.of(left, other));
    }

    private static Optional<Type> element(Type collection) {
        return switch (collection) {
            case Type.ListOf(Type element) -> Optional.of(element);
            case Type.SetOf(Type element) -> Optional.of(element);
            default -> Optional.empty();
        };
    }

    private Term arithmetic(Expr.Binary binary, Builtin builtin, Scope scope) {
        Term left = checker.exprs.infer(binary.left(), scope);
        return arithmetic(binary, builtin, left, checker.exprs.infer(binary.right(), scope));
    }

    private Term arithmetic(Expr.Binary binary, Builtin builtin, Term left, Term right) {
        if (Fitting.isBroken(left) || Fitting.isBroken(right)) {
            return ExprCheck.missing(binary.span());
        }
        for (Term side : List.of(left, right)) {
            if (Types.isNullable(side.type())) {
                checker.misfits.maybeNull(side);
                return ExprCheck.missing(binary.span());
            }
        }
        Optional<Type> result = result(builtin, Types.core(left.type()), Types.core(right.type()));
        if (result.isEmpty()) {
            return misapplied(binary, left, right);
        }
        boolean secret = left.type() instanceof Type.Secret || right.type() instanceof Type.Secret;
        Type type = secret ? new Type.Secret(result.get()) : result.get();
        Term first = widened(left, result.get());
        Term second = widened(right, result.get());
        return new Term.BuiltinCall(binary.span(), type, builtin, List.of(first, second));
    }

    private Term widened(Term term, Type result) {
        boolean text = result == Basic.STRING && Types.core(term.type()) == Basic.PATH;
        boolean number = result == Basic.FLOAT && Types.core(term.type()) == Basic.INT;
        return text || number ? checker.fitting.fit(term, result) : term;
    }

    private static Optional<Type> result(Builtin builtin, Type left, Type right) {
        if (!(left instanceof Basic a) || !(right instanceof Basic b)) {
            return Optional.empty();
        }
        return switch (builtin) {
            case ADD -> added(a, b);
            case SUBTRACT -> isText(a) ? Optional.empty() : added(a, b);
            case MULTIPLY -> multiplied(a, b);
            case DIVIDE -> divided(a, b);
            case RANGE -> a == b && (a == Basic.INT || a == Basic.IP) ? Optional.of(new Type.ListOf(a)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean isText(Basic type) {
        return type == Basic.STRING || type == Basic.PATH;
    }

    private static Optional<Type> added(Basic a, Basic b) {
        if (isText(a) && isText(b)) {
            return Optional.of(Basic.STRING);
        }
        if (NUMBERS.contains(a) && NUMBERS.contains(b)) {
            return Optional.of(a == b ? a : Basic.FLOAT);
        }
        if (a == Basic.IP && b == Basic.INT) {
            return Optional.of(a);
        }
        return a == b && (AMOUNTS.contains(a) || a == Basic.PERCENT) ? Optional.of(a) : Optional.empty();
    }

    private static Optional<Type> multiplied(Basic a, Basic b) {
        if (NUMBERS.contains(a) && NUMBERS.contains(b)) {
            return Optional.of(a == b ? a : Basic.FLOAT);
        }
        if (AMOUNTS.contains(a) && (NUMBERS.contains(b) || b == Basic.PERCENT)) {
            return Optional.of(a);
        }
        return (NUMBERS.contains(a) || a == Basic.PERCENT) && AMOUNTS.contains(b) ? Optional.of(b) : Optional.empty();
    }

    private static Optional<Type> divided(Basic a, Basic b) {
        if (NUMBERS.contains(a) && NUMBERS.contains(b)) {
            return Optional.of(a == b ? a : Basic.FLOAT);
        }
        if (AMOUNTS.contains(a) && NUMBERS.contains(b)) {
            return Optional.of(a);
        }
        return a == b && AMOUNTS.contains(a) ? Optional.of(Basic.FLOAT) : Optional.empty();
    }

    private Term misapplied(Expr.Binary binary, Term left, Term right) {
        Type a = Types.core(left.type());
        Type b = Types.core(right.type());
        boolean unit = a instanceof Basic x && b instanceof Basic y && (AMOUNTS.contains(x) && NUMBERS.contains(y)
                        || NUMBERS.contains(x) && AMOUNTS.contains(y));
        if (unit) {
            Term number = NUMBERS.contains(a) ? left : right;
            checker.misfits.report(number, NUMBERS.contains(a) ? b : a);
            return ExprCheck.missing(binary.span());
        }
        Diagnostic diagnostic = Diagnostic.error(
                        Code.TYPE_MISMATCH,
                        binary.opSpan(),
                        "`" + binary.op().symbol() + "` does not go with " + TypeNames.a(left.type()) + " and "
                                + TypeNames.a(right.type()))
                .and(left.span(), TypeNames.of(left.type()))
                .and(right.span(), TypeNames.of(right.type()));
        boolean text = a == Basic.STRING || b == Basic.STRING;
        checker.problems.add(text ? diagnostic.note("texts are put together by \"…${value}…\"") : diagnostic);
        return ExprCheck.missing(binary.span());
    }

    Term unary(Expr.Unary unary, Type expected, Scope scope) {
        if (unary.op() == Expr.UnaryOp.NOT) {
            Term operand = checker.exprs.condition(unary.operand(), scope);
            return new Term.BuiltinCall(unary.span(), Basic.BOOL, Builtin.NOT, List.of(operand));
        }
        Term operand = checker.exprs.infer(unary.operand(), scope);
        if (operand instanceof Term.Const(Span at, Type type, Value.Int(long value))) {
            return new Term.Const(unary.span(), type, new Value.Int(-value));
        }
        if (Fitting.isBroken(operand)) {
            return operand;
        }
        if (Types.isNullable(operand.type())) {
            checker.misfits.maybeNull(operand);
            return ExprCheck.missing(unary.span());
        }
        Type type = Types.core(operand.type());
        if (!(type instanceof Basic basic) || !NUMBERS.contains(basic)) {
            checker.problems.error(
                    Code.TYPE_MISMATCH, unary.span(), "`-` does not go with " + TypeNames.a(operand.type()));
            return ExprCheck.missing(unary.span());
        }
        return new Term.BuiltinCall(unary.span(), type, Builtin.NEGATE, List.of(operand));
    }

    Term index(Expr.Index index, Scope scope) {
        Term target = checker.exprs.infer(index.target(), scope);
        if (Fitting.isBroken(target)) {
            return target;
        }
        if (Types.isNullable(target.type())) {
            checker.misfits.maybeNull(target);
            return ExprCheck.missing(index.span());
        }
        return switch (Types.core(target.type())) {
            case Type.ListOf(Type element) -> indexed(index, target, Basic.INT, element, scope);
            case Type.MapOf(Type key, Type value) -> indexed(index, target, key, Types.optional(value), scope);
            case Basic basic when basic == Basic.JSON ->
                indexed(index, target, Types.union(List.of(Basic.STRING, Basic.INT)), Basic.JSON, scope);
            default -> {
                checker.problems.error(
                        Code.TYPE_MISMATCH,
                        index.target().span(),
                        "`[…]` takes from lists, maps and json, and this is " + TypeNames.a(target.type()));
                yield ExprCheck.missing(index.span());
            }
        };
    }

    private Term indexed(Expr.Index index, Term target, Type key, Type value, Scope scope) {
        Term at = checker.exprs.check(index.index(), key, scope);
        return checker.narrowing.apply(
                new Term.BuiltinCall(index.span(), value, Builtin.INDEX, List.of(target, at)), scope);
    }
}
