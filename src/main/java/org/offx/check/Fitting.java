package org.offx.check;

import java.util.List;
import java.util.Optional;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** Makes a term serve where a type is expected: as it is, converted, or not at all, which {@link Misfits} explains. */
final class Fitting {

    private final Checker checker;

    Fitting(Checker checker) {
        this.checker = checker;
    }

    /** The term for a place of that type; where it does not fit, it is reported and stands for anything. */
    Term fit(Term term, Type expected) {
        Optional<Term> fitting = silently(term, expected);
        if (fitting.isPresent()) {
            return fitting.get();
        }
        checker.misfits.report(term, expected);
        return broken(term);
    }

    Optional<Term> silently(Term term, Type expected) {
        return switch (checker.types.fit(term.type(), expected)) {
            case SAME -> Optional.of(term);
            case CONVERT -> Optional.of(converted(term, target(term.type(), expected)));
            case NO -> Optional.empty();
        };
    }

    private static Term converted(Term term, Type target) {
        if (term instanceof Term.Const(var span, Type type, Value.Int(long value)) && target == Basic.FLOAT) {
            return new Term.Const(span, target, new Value.Decimal(value));
        }
        return new Term.Convert(term.span(), target, term);
    }

    /** Of what is expected the part that the value is converted to: one member of a union, the value of a property. */
    private Type target(Type from, Type expected) {
        return switch (expected) {
            case Type.Optional(Type wanted) when !Types.isNullable(from) -> target(from, wanted);
            case Type.Prop(Type wanted) when !(from instanceof Type.Prop) -> target(from, wanted);
            case Type.Union(List<Type> members) when !(from instanceof Type.Union) -> members.stream()
                    .filter(m -> checker.types.fit(from, m) == Types.Fit.CONVERT)
                    .findFirst()
                    .map(m -> target(from, m))
                    .orElse(expected);
            default -> expected;
        };
    }

    /** What stands in the place of something that was reported. */
    static Term broken(Term term) {
        return new Term.Const(term.span(), Basic.ERROR, Value.Nothing.NULL);
    }

    static boolean isBroken(Term term) {
        return term.type() == Basic.ERROR;
    }
}
