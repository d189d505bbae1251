package org.offx.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.offx.check.Term;
import org.offx.check.Term.Pattern;
import org.offx.value.Shown;
import org.offx.value.Value;

/**
 * Conditions: {@code if}, {@code match}, {@code and}, {@code or}, {@code ??}. Where nobody can decide yet, every way is
 * evaluated, so that its mistakes are found, and the value is known only where all ways agree.
 */
final class Choices {

    private Choices() {}

    static Value value(Term.If choice, Scope scope) {
        Value condition = Terms.value(choice.condition(), scope);
        Optional<Boolean> holds = Terms.truth(condition);
        if (holds.isPresent()) {
            return Terms.value(holds.get() ? choice.then() : choice.otherwise(), scope);
        }
        Scope inside = scope.guessing(condition);
        return undecided(condition, List.of(
                () -> Terms.value(choice.then(), inside), () -> Terms.value(choice.otherwise(), inside)));
    }

    static Value value(Term.Logic logic, Scope scope) {
        Value left = Terms.value(logic.left(), scope);
        return switch (logic.operator()) {
            case AND -> junction(left, false, logic, scope);
            case OR -> junction(left, true, logic, scope);
            case OR_ELSE -> switch (left) {
                case Value.Nothing _, Value.Secret(Value.Nothing _) -> Terms.value(logic.right(), scope);
                case Value.Unknown unknown -> undecided(
                        unknown, List.of(() -> unknown, () -> Terms.value(logic.right(), scope.guessing(unknown))));
                default -> left;
            };
        };
    }

    /** {@code or} is decided by a true side, {@code and} by a false one. */
    private static Value junction(Value left, boolean deciding, Term.Logic logic, Scope scope) {
        Optional<Boolean> first = Terms.truth(left);
        if (first.isPresent()) {
            return first.get() == deciding ? left : Terms.value(logic.right(), scope);
        }
        Value right = undecided(left, List.of(() -> Terms.value(logic.right(), scope.guessing(left))));
        return right.equals(new Value.Bool(deciding)) ? right : left;
    }

    static Value value(Term.Match match, Scope scope) {
        Value target = Terms.value(match.target(), scope);
        if (Value.Secret.open(target) instanceof Value.Unknown) {
            return undecided(target, match.arms().stream()
                    .map(arm -> (Supplier<Value>) () -> Terms.value(arm.result(), payloads(arm, target, scope.guessing(target))))
                    .toList());
        }
        for (Term.Arm arm : match.arms()) {
            for (Pattern pattern : arm.patterns()) {
                Optional<Scope> matched = matched(pattern, target, scope);
                if (matched.isPresent()) {
                    return Terms.value(arm.result(), matched.get());
                }
            }
        }
        throw EvalFailure.at(match.span(), "no case of this match covers " + Shown.literal(target));
    }

    private static Optional<Scope> matched(Pattern pattern, Value target, Scope scope) {
        return switch (pattern) {
            case Term.Anything anything -> Optional.of(scope);
            case Term.Equals(Value value) -> Order.same(value, Value.Secret.open(target)) ? Optional.of(scope) : Optional.empty();
            case Term.IsMember(String name, Optional<String> local) -> member(name, target)
                    .map(member -> local.isPresent() && member.payload().isPresent()
                            ? scope.with(local.get(), member.payload().get())
                            : scope);
        };
    }

    /** That a value is the member that was looked for, and what it carries. */
    private record Found(Optional<Value> payload) {}

    private static Optional<Found> member(String name, Value target) {
        return switch (target) {
            case Value.Member member when member.name().equals(name) -> Optional.of(new Found(member.payload()));
            case Value.Symbol(String symbol) when symbol.equals(name) -> Optional.of(new Found(Optional.empty()));
            case Value.Pinned(Value pinned) when name.equals("pinned") -> Optional.of(new Found(Optional.of(pinned)));
            case Value.Sourced(Value sourced, String source) when !name.equals("pinned") -> member(name, sourced);
            case Value.Secret(Value hidden) -> member(name, hidden).map(found -> new Found(found.payload().map(Value.Secret::new)));
            default -> Optional.empty();
        };
    }

    private static Scope payloads(Term.Arm arm, Value unknown, Scope scope) {
        Scope inner = scope;
        for (Pattern pattern : arm.patterns()) {
            if (pattern instanceof Term.IsMember(String name, Optional<String> payload) && payload.isPresent()) {
                inner = inner.with(payload.get(), unknown);
            }
        }
        return inner;
    }

    /** A way that fails on purpose may never be gone; any other mistake in it is one. */
    private static Value undecided(Value condition, List<Supplier<Value>> ways) {
        List<Value> values = new ArrayList<>();
        for (Supplier<Value> way : ways) {
            try {
                values.add(way.get());
            } catch (EvalFailure failure) {
                if (!failure.isDeliberate()) {
                    throw failure;
                }
            }
        }
        boolean agree = !values.isEmpty() && values.stream().allMatch(values.getFirst()::equals);
        return agree ? values.getFirst() : condition;
    }
}
