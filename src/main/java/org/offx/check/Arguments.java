package org.offx.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Expr.Arg;
import org.offx.tree.Expr;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** Arguments to parameters, by position or by name; type variables of builtins are found on the way. Refuses OFX0305. */
final class Arguments {

    /** What they are given is shown to the user as it is. */
    private static final Set<Builtin> SHOW = EnumSet.of(Builtin.FAIL, Builtin.NOT_INSTALLED);

    private static final Map<String, Type> ANYTHING =
            Map.of("T", Basic.ERROR, "U", Basic.ERROR, "K", Basic.ERROR, "V", Basic.ERROR);

    private final Checker checker;

    Arguments(Checker checker) {
        this.checker = checker;
    }

    /** The arguments in the order of the parameters, defaults filled in; empty where something was reported. */
    Optional<List<Term>> declared(Span call, String what, List<Slot> slots, Symbol symbol, List<Arg> args, Scope scope) {
        return declared(call, what, slots, symbol, Optional.empty(), args, scope);
    }

    /** @param first what was written in front of the dot: the first parameter's value */
    Optional<List<Term>> declared(
            Span call, String what, List<Slot> slots, Symbol symbol, Optional<Term> first, List<Arg> args, Scope scope) {
        int skipped = first.isPresent() ? 1 : 0;
        List<Slot> open = slots.subList(skipped, slots.size());
        Optional<List<Optional<Expr>>> placed = place(call, what, open.stream().map(Slot::text).toList(), args);
        if (placed.isEmpty()) {
            return Optional.empty();
        }
        List<Term> terms = new ArrayList<>();
        first.ifPresent(term -> terms.add(checker.fitting.fit(term, slots.getFirst().type())));
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            Slot slot = open.get(i);
            Optional<Expr> given = placed.get().get(i);
            if (given.isPresent()) {
                terms.add(checker.exprs.check(given.get(), slot.type(), scope));
            } else if (slot.defaultValue().isPresent()) {
                terms.add(checker.globals.defaultValue(symbol, slot));
            } else if (Types.isNullable(slot.type())) {
                terms.add(new Term.Const(call, Basic.NULL, Value.Nothing.NULL));
            } else {
                missing.add(slot.text());
            }
        }
        if (!missing.isEmpty()) {
            missing(call, what, missing, slots);
            return Optional.empty();
        }
        return Optional.of(terms);
    }

    private void missing(Span call, String what, List<String> missing, List<Slot> slots) {
        String shape = String.join(
                ", ", slots.stream()
                        .map(s -> s.text() + ": " + TypeNames.of(s.type()) + (s.defaultValue().isPresent() ? " = …" : ""))
                        .toList());
        checker.problems.add(Diagnostic.error(
                        Code.BAD_CALL, call, what + " needs " + Nearest.listed(missing))
                .note("it is declared as " + what.replace("`", "") + "(" + shape + ")"));
    }

    /** For each parameter the expression that was given for it; empty where something was reported. */
    Optional<List<Optional<Expr>>> place(Span call, String what, List<String> params, List<Arg> args) {
        List<Optional<Expr>> placed = new ArrayList<>();
        params.forEach(p -> placed.add(Optional.empty()));
        int before = checker.problems.count();
        int next = 0;
        for (Arg arg : args) {
            int at = arg.name().isPresent() ? params.indexOf(arg.name().get().text()) : next++;
            if (arg.name().isPresent() && at < 0) {
                unknown(what, params, arg);
            } else if (at >= params.size()) {
                checker.problems.error(
                        Code.BAD_CALL,
                        arg.span(),
                        params.isEmpty()
                                ? what + " takes nothing"
                                : what + " takes " + ExprCheck.counted(params.size(), "argument") + ", and this is one more");
            } else if (placed.get(at).isPresent()) {
                checker.problems.add(Diagnostic.error(
                                Code.BAD_CALL, arg.span(), "`" + params.get(at) + "` is given twice")
                        .and(placed.get(at).get().span(), "given here"));
            } else {
                placed.set(at, Optional.of(arg.value()));
            }
        }
        return checker.problems.count() > before ? Optional.empty() : Optional.of(placed);
    }

    private void unknown(String what, List<String> params, Arg arg) {
        Diagnostic diagnostic = Diagnostic.error(
                Code.BAD_CALL,
                arg.name().orElseThrow().span(),
                what + " has no parameter `" + arg.name().orElseThrow().text() + "`");
        checker.problems.add(
                Nearest.hint(arg.name().orElseThrow().text(), params).map(diagnostic::note).orElse(diagnostic));
    }

    /** A call of a builtin; the receiver of a method is its first argument. */
    Term builtin(Span call, MethodCheck.Overload chosen, Optional<Term> receiver, List<Arg> args, Type expected, Scope scope) {
        Signature signature = chosen.signature();
        List<String> names = signature.params().stream().map(Signature.Param::name).toList();
        Optional<List<Optional<Expr>>> placed = place(call, "`" + signature.name() + "`", names, args);
        if (placed.isEmpty()) {
            return ExprCheck.missing(call);
        }
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (placed.get().get(i).isEmpty() && !Types.isNullable(signature.params().get(i).type())) {
                missing.add(names.get(i));
            }
        }
        if (!missing.isEmpty()) {
            checker.problems.add(Diagnostic.error(
                            Code.BAD_CALL, call, "`" + signature.name() + "` needs " + Nearest.listed(missing))
                    .note("it is declared as " + signature.builtin().signature()));
            return ExprCheck.missing(call);
        }
        if (signature.probe()) {
            checker.names.effect(Scope.Effect.PROBES, call, "`" + signature.name() + "`, which reads the node,", scope);
        }
        return new Inference(chosen, expected, scope).call(call, receiver, placed.get());
    }

    /** One call of a builtin: what is known of its type variables so far. */
    private final class Inference {

        private final Signature signature;
        private final Optional<MethodCheck.Made> made;
        private final Scope scope;
        private final Map<String, Type> bindings = new HashMap<>();
        private final Map<String, Type> hints = new HashMap<>();
        private boolean secret;

        Inference(MethodCheck.Overload chosen, Type expected, Scope scope) {
            this.signature = chosen.signature();
            this.made = chosen.first();
            this.scope = scope;
            boolean higher = signature.params().stream().anyMatch(p -> p.type() instanceof Type.Function);
            if (expected != Basic.ERROR && !higher) {
                unify(signature.result(), Types.core(expected), hints);
            }
        }

        Term call(Span call, Optional<Term> receiver, List<Optional<Expr>> placed) {
            receiver.ifPresent(r -> unify(signature.receiver().orElseThrow(), open(r), bindings));
            List<Optional<Term>> terms = new ArrayList<>();
            placed.forEach(p -> terms.add(Optional.empty()));
            for (boolean functions : new boolean[] {false, true}) {
                for (int i = 0; i < placed.size(); i++) {
                    Type param = signature.params().get(i).type();
                    if (param instanceof Type.Function == functions && placed.get(i).isPresent()) {
                        terms.set(i, Optional.of(argument(placed.get(i).get(), param)));
                    }
                }
            }
            List<Term> all = new ArrayList<>();
            receiver.ifPresent(r -> all.add(settled(r, signature.receiver().orElseThrow())));
            for (int i = 0; i < placed.size(); i++) {
                Type param = signature.params().get(i).type();
                all.add(terms.get(i)
                        .map(t -> param instanceof Type.Function ? t : settled(t, param))
                        .orElse(new Term.Const(call, Basic.NULL, Value.Nothing.NULL)));
            }
            Type result = closed(signature.result(), bindings);
            return new Term.BuiltinCall(
                    call, secret && result != Basic.ERROR ? new Type.Secret(result) : result, signature.builtin(), all);
        }

        private Term argument(Expr written, Type param) {
            Type wanted = Signature.substitute(param, bindings);
            if (wanted instanceof Type.Function && Signature.hasVariables(wanted)) {
                Term term = checker.exprs.term(written, wanted, scope);
                return unify(wanted, open(term), bindings) ? term : misfit(term, closed(wanted, bindings));
            }
            Type guide = Signature.substitute(wanted, hints);
            Term term = made.filter(first -> first.written() == written).map(MethodCheck.Made::term)
                    .orElseGet(() -> checker.exprs.term(written, Signature.hasVariables(guide) ? Basic.ERROR : guide, scope));
            // What a variable stands for may grow: an int beside a float, a value beside null.
            boolean grown = Signature.hasVariables(param) && unify(param, open(term), bindings);
            return grown || checker.types.fit(open(term), closed(wanted, bindings)) != Types.Fit.NO
                    ? term
                    : misfit(term, closed(wanted, bindings));
        }

        private Term misfit(Term term, Type wanted) {
            checker.misfits.report(term, wanted);
            return Fitting.broken(term);
        }

        /** The type without the secrecy, which then spreads to the result. */
        private Type open(Term term) {
            if (Types.nonNull(term.type()) instanceof Type.Secret(Type inner) && !SHOW.contains(signature.builtin())) {
                secret = true;
                return Types.isNullable(term.type()) ? Types.optional(inner) : inner;
            }
            return term.type();
        }

        private Term settled(Term term, Type param) {
            Type wanted = closed(param, bindings);
            return Types.nonNull(term.type()) instanceof Type.Secret
                    ? term
                    : checker.fitting.silently(term, wanted).orElse(term);
        }
    }

    /** The type with what is known of its variables; what is not known may be anything. */
    private static Type closed(Type type, Map<String, Type> bindings) {
        Map<String, Type> all = new HashMap<>(ANYTHING);
        all.putAll(bindings);
        return Signature.substitute(type, all);
    }

    /** Makes the pattern the actual type by binding its variables; what was bound before may grow. */
    boolean unify(Type pattern, Type actual, Map<String, Type> bindings) {
        if (pattern instanceof Type.Variable(String name)) {
            Type known = bindings.get(name);
            Optional<Type> joined = known == null ? Optional.of(actual) : checker.types.join(known, actual);
            joined.ifPresent(type -> bindings.put(name, type));
            return joined.isPresent();
        }
        if (actual == Basic.ERROR) {
            return true;
        }
        Type plain = pattern instanceof Type.Optional ? actual : Types.base(actual);
        return switch (pattern) {
            case Type.Optional(Type inner) -> unify(inner, Types.nonNull(plain) == Basic.NULL ? Basic.ERROR : Types.nonNull(plain), bindings);
            case Type.ListOf(Type p) when plain instanceof Type.ListOf(Type a) -> unify(p, a, bindings);
            case Type.ListOf(Type p) when plain instanceof Type.SetOf(Type a) && a instanceof Type.Node ->
                unify(p, a, bindings);
            case Type.SetOf(Type p) when plain instanceof Type.SetOf(Type a) -> unify(p, a, bindings);
            case Type.MapOf(Type k, Type v) when plain instanceof Type.MapOf(Type ak, Type av) ->
                unify(k, ak, bindings) && unify(v, av, bindings);
            case Type.Prop(Type p) -> unify(p, plain instanceof Type.Prop(Type a) ? a : plain, bindings);
            case Type.Function(List<Type> params, Type result) when plain instanceof Type.Function(List<Type> ps, Type r) ->
                unifyFunctions(params, result, ps, r, bindings);
            default -> !Signature.hasVariables(pattern) && checker.types.fit(actual, pattern) != Types.Fit.NO;
        };
    }

    private boolean unifyFunctions(
            List<Type> params, Type result, List<Type> given, Type made, Map<String, Type> bindings) {
        boolean fits = params.size() == given.size();
        for (int i = 0; fits && i < params.size(); i++) {
            fits = unify(params.get(i), given.get(i), bindings);
        }
        return fits && unify(result, made, bindings);
    }
}
