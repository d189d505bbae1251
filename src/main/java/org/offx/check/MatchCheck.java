package org.offx.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** {@code match}: patterns by the type of what is matched, and whether every case is covered (OFX0314). */
final class MatchCheck {

    private static final String ANYTHING = "_";

    private final Checker checker;

    MatchCheck(Checker checker) {
        this.checker = checker;
    }

    Term match(Expr.Match match, Type expected, Scope scope) {
        Term target = checker.exprs.infer(match.target(), scope);
        if (Fitting.isBroken(target)) {
            return target;
        }
        Cases cases = new Cases(target.type());
        List<List<Term.Pattern>> patterns = new ArrayList<>();
        List<Term> results = new ArrayList<>();
        for (Expr.Arm arm : match.arms()) {
            Scope inner = scope;
            List<Term.Pattern> checked = new ArrayList<>();
            Type before = cases.left();
            for (Expr.Pattern pattern : arm.patterns()) {
                Term.Pattern read = pattern(pattern, target, cases, scope);
                cases.once(read, pattern.span());
                checked.add(read);
                inner = payload(pattern, target.type(), inner);
            }
            Type here = isRest(arm) ? before : covered(arm, target.type());
            results.add(checker.exprs.term(arm.result(), expected, narrowed(inner, target, here)));
            patterns.add(checked);
        }
        exhaustive(match, target, cases);
        List<Term> fitted = checker.exprs.alike(results, expected, "the results of a `match` have one type");
        List<Term.Arm> arms = new ArrayList<>();
        for (int i = 0; i < fitted.size(); i++) {
            arms.add(new Term.Arm(patterns.get(i), fitted.get(i)));
        }
        return new Term.Match(match.span(), checker.exprs.joined(fitted, expected), target, arms);
    }

    private static boolean isRest(Expr.Arm arm) {
        return arm.patterns().stream()
                .anyMatch(p -> p instanceof Expr.WordPattern(Span span, String word, var payload) && word.equals(ANYTHING));
    }

    /** In an arm without {@code null} the value is there; in one of a single symbol it is that symbol. */
    private static Type covered(Expr.Arm arm, Type type) {
        List<Type> symbols = new ArrayList<>();
        for (Expr.Pattern pattern : arm.patterns()) {
            boolean isNull = pattern instanceof Expr.WordPattern(Span span, String word, var payload) && word.equals("null")
                    || pattern instanceof Expr.ValuePattern(Span at, Expr.Literal(Span lit, Value.Nothing ignored));
            if (isNull) {
                return type;
            }
            if (pattern instanceof Expr.WordPattern(Span span, String word, var payload)) {
                symbols.add(new Type.Symbol(word));
            }
        }
        boolean all = symbols.size() == arm.patterns().size() && Types.alternatives(type).containsAll(symbols);
        return all ? Types.union(symbols) : Types.nonNull(type);
    }

    private Scope narrowed(Scope scope, Term target, Type type) {
        return type.equals(target.type())
                ? scope
                : Paths.of(target, scope)
                        .map(path -> scope.narrowed(Map.of(path, type)))
                        .orElse(scope);
    }

    private Scope payload(Expr.Pattern pattern, Type type, Scope scope) {
        if (!(pattern instanceof Expr.WordPattern(Span span, String word, Optional<Name> payload)) || payload.isEmpty()) {
            return scope;
        }
        return checker.lookup.bind(scope, payload.get(), payloadType(type, word).map(carried -> Types.isSecret(type) ? Types.secret(carried) : carried).orElse(Basic.ERROR));
    }

    private Optional<Type> payloadType(Type type, String word) {
        if (Types.core(type) instanceof Type.Prop(Type inner) && word.equals("pinned")) {
            return Optional.of(inner);
        }
        for (Type each : Types.alternatives(type)) {
            if (each instanceof Type.Enum(String of)) {
                Optional<Type> payload = checker.shapes.member(of, word).flatMap(c -> checker.shapes.payload(of, c));
                if (payload.isPresent()) {
                    return payload;
                }
            }
        }
        return Optional.empty();
    }

    private Term.Pattern pattern(Expr.Pattern pattern, Term target, Cases cases, Scope scope) {
        return switch (pattern) {
            case Expr.ValuePattern(Span span, Expr value) -> value(span, value, target, cases, scope);
            case Expr.WordPattern(Span span, String word, Optional<Name> payload) ->
                word(span, word, payload, target, cases);
        };
    }

    private Term.Pattern value(Span span, Expr value, Term target, Cases cases, Scope scope) {
        Term term = checker.exprs.check(value, target.type(), scope);
        if (term instanceof Term.Const(Span at, Type type, Value constant) && type != Basic.ERROR) {
            cases.remove(constant);
            return new Term.Equals(constant);
        }
        if (term instanceof Term.Convert(Span at, Type type, Term.Const(Span in, Type of, Value constant))) {
            return new Term.Equals(constant);
        }
        if (!Fitting.isBroken(term)) {
            checker.problems.error(Code.TYPE_MISMATCH, span, "a pattern is a literal, a word or `_`");
        }
        cases.forgive();
        return new Term.Anything();
    }

    private Term.Pattern word(Span span, String word, Optional<Name> payload, Term target, Cases cases) {
        if (word.equals(ANYTHING)) {
            cases.clear();
            return new Term.Anything();
        }
        if (word.equals("null") && Types.isNullable(target.type())) {
            cases.remove(Value.Nothing.NULL);
            return new Term.Equals(Value.Nothing.NULL);
        }
        if (!cases.knows(word)) {
            unknown(span, word, target, cases);
            cases.forgive();
            return new Term.Anything();
        }
        if (payload.isPresent() && payloadType(target.type(), word).isEmpty()) {
            checker.problems.error(Code.BAD_CALL, payload.get().span(), "`" + word + "` carries no value");
        }
        cases.remove(word);
        return new Term.IsMember(word, payload.map(Name::text));
    }

    private void unknown(Span span, String word, Term target, Cases cases) {
        Diagnostic diagnostic = Diagnostic.error(
                Code.UNKNOWN_MEMBER_OF_ENUM, span, "`" + word + "` is no " + TypeNames.of(Types.core(target.type())));
        if (cases.all.isEmpty()) {
            diagnostic = diagnostic.note("the rest is `_`; a text stands in quotes");
        } else {
            diagnostic = Nearest.of(word, cases.all)
                    .map(n -> "did you mean `" + n + "`?")
                    .or(() -> Optional.of("it is one of " + Nearest.listed(cases.all)))
                    .map(diagnostic::note)
                    .orElse(diagnostic);
        }
        checker.problems.add(diagnostic);
    }

    private void exhaustive(Expr.Match match, Term target, Cases cases) {
        if (cases.open && !cases.rest) {
            checker.problems.add(Diagnostic.error(
                            Code.NOT_EXHAUSTIVE, match.span(), "this `match` does not say what every other " + TypeNames.of(Types.core(target.type())) + " gives")
                    .note("add an arm for the rest: _ => …"));
        } else if (!cases.rest && !cases.missing.isEmpty()) {
            checker.problems.add(Diagnostic.error(
                            Code.NOT_EXHAUSTIVE, match.span(), "this `match` does not cover " + Nearest.listed(cases.missing))
                    .note("add an arm for each, or one for the rest: _ => …"));
        }
    }

    /** The cases of a type, and which of them no arm has covered yet. */
    private final class Cases {

        private final Set<String> all = new LinkedHashSet<>();
        private final Set<String> missing = new LinkedHashSet<>();
        private final Map<Term.Pattern, Span> seen = new HashMap<>();
        private boolean open;
        private boolean rest;
        private boolean forgiven;
        private Type left;

        Cases(Type type) {
            left = type;
            if (Types.isNullable(type)) {
                missing.add("null");
            }
            boolean property = Types.core(type) instanceof Type.Prop;
            if (property) {
                all.addAll(List.of("inherit", "pinned"));
                missing.addAll(List.of("inherit", "pinned"));
            }
            for (Type each : Types.alternatives(type)) {
                switch (each) {
                    case Type.Symbol(String word) -> all.add(word);
                    case Type.Enum(String of) -> checker.shapes.members(of).stream().map(Decl.Choice::name).map(Name::text).forEach(all::add);
                    case Basic basic when basic == Basic.BOOL -> missing.addAll(List.of("true", "false"));
                    default -> open = true;
                }
            }
            missing.addAll(all);
        }

        Type left() {
            return left;
        }

        boolean knows(String word) {
            return all.contains(word);
        }

        void remove(String word) {
            missing.remove(word);
            left = Types.without(left, new Type.Symbol(word));
        }

        void remove(Value value) {
            switch (value) {
                case Value.Nothing ignored -> {
                    missing.remove("null");
                    left = Types.nonNull(left);
                }
                case Value.Bool(boolean truth) -> missing.remove(Boolean.toString(truth));
                default -> {}
            }
        }

        void clear() {
            rest = true;
        }

        /** A pattern was wrong: whatever it should have covered counts as covered. */
        void forgive() {
            rest = true;
            forgiven = true;
        }

        /** What is covered already never comes to a later arm: one of the two is a slip. */
        void once(Term.Pattern pattern, Span span) {
            Term.Pattern key = pattern instanceof Term.IsMember(String word, var payload) ? new Term.IsMember(word, Optional.empty()) : pattern;
            Optional<Span> before = Optional.ofNullable(seen.get(key)).or(() -> Optional.ofNullable(seen.get(new Term.Anything())));
            if (before.isPresent() && !forgiven) {
                checker.problems.add(Diagnostic.error(Code.DUPLICATE_ENTRY, span, "no value comes here").and(before.get(), "this arm takes them all"));
            }
            seen.putIfAbsent(key, span);
        }
    }
}
