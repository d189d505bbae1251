package org.offx.check;

import static org.offx.check.Names.Space.VALUE;

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
import org.offx.tree.Expr.Arg;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** Methods: builtin ones, fields that hold a function, and any function whose first parameter takes the value. */
final class MethodCheck {

    /** How the local begins that holds what stands in front of {@code ?.}; no user can write it. */
    static final String PRESENT = "?";

    private final Checker checker;

    MethodCheck(Checker checker) {
        this.checker = checker;
    }

    Term method(Expr.Call call, Expr.Member member, Type expected, Scope scope) {
        Term target = checker.exprs.infer(member.target(), scope);
        if (Fitting.isBroken(target)) {
            return ExprCheck.missing(call.span());
        }
        if (Types.isNullable(target.type())) {
            if (member.safe()) {
                return checker.narrowing.apply(safely(call, member, target, expected, scope), scope);
            }
            checker.misfits.maybeNull(target);
            return ExprCheck.missing(call.span());
        }
        return of(call, member.name(), target, expected, scope);
    }

    /** {@code x?.f()}: the call where x is there, null where it is not. */
    private Term safely(Expr.Call call, Expr.Member member, Term target, Type expected, Scope scope) {
        Span span = target.span();
        String name = PRESENT + span.start();
        Term.Local present = new Term.Local(span, Types.nonNull(target.type()), name);
        Term result = of(call, member.name(), present, expected, scope);
        Term nothing = new Term.Const(span, Basic.NULL, Value.Nothing.NULL);
        Term local = new Term.Local(span, target.type(), name);
        Term there = new Term.BuiltinCall(span, Basic.BOOL, Builtin.NOT_EQUAL, List.of(local, nothing));
        Type type = Types.optional(result.type());
        return new Term.Block(
                call.span(),
                type,
                List.of(new Term.Let(span, name, target)),
                new Term.If(call.span(), type, there, result, nothing));
    }

    private Term of(Expr.Call call, Name name, Term target, Type expected, Scope scope) {
        List<Signature> fitting = checker.signatures.methods(name.text()).stream()
                .filter(m -> receives(m, target.type()))
                .toList();
        if (!fitting.isEmpty()) {
            Overload chosen = overload(fitting, call.arguments(), scope);
            return checker.narrowing.apply(
                    checker.arguments.builtin(call.span(), chosen, Optional.of(target), call.arguments(), expected, scope), scope);
        }
        Optional<Type> field = field(target.type(), name.text());
        if (field.isPresent() && Types.core(field.get()) instanceof Type.Function(List<Type> params, Type result)) {
            return applied(call, new Term.Field(target.span(), field.get(), target, name.text(), false), params, result, scope);
        }
        Optional<Symbol> function = checker.lookup
                .name(scope.unit(), VALUE, name.text())
                .filter(f -> takes(f, target.type()));
        if (function.isPresent()) {
            return checker.arguments
                    .declared(
                            call.span(),
                            "`" + name.text() + "`",
                            checker.shapes.slots(function.get()),
                            function.get(),
                            Optional.of(target),
                            call.arguments(),
                            scope)
                    .map(terms -> checker.calls.declared(call.span(), function.get(), terms, scope))
                    .orElseGet(() -> ExprCheck.missing(call.span()));
        }
        unknown(name, target.type(), scope);
        return ExprCheck.missing(call.span());
    }

    private Term applied(Expr.Call call, Term function, List<Type> params, Type result, Scope scope) {
        List<Arg> given = call.arguments();
        if (given.size() != params.size()) {
            checker.problems.error(
                    Code.BAD_CALL, call.span(), "this function takes " + ExprCheck.counted(params.size(), "argument"));
            return ExprCheck.missing(call.span());
        }
        List<Term> arguments = new ArrayList<>();
        for (int i = 0; i < params.size(); i++) {
            arguments.add(checker.exprs.check(given.get(i).value(), params.get(i), scope));
        }
        return new Term.Apply(call.span(), result, function, arguments);
    }

    private Optional<Type> field(Type type, String name) {
        return switch (Types.base(type)) {
            case Type.Record(var fields) -> Optional.ofNullable(fields.get(name));
            case Type.Struct(String struct) -> Optional.ofNullable(checker.shapes.fieldTypes(struct).get(name));
            default -> Optional.empty();
        };
    }

    private boolean takes(Symbol function, Type first) {
        if (!(function.decl() instanceof Decl.FnDecl)) {
            return false;
        }
        List<Slot> slots = checker.shapes.slots(function);
        return !slots.isEmpty() && checker.types.fit(first, slots.getFirst().type()) != Types.Fit.NO;
    }

    /** Is it a method of values of that type? */
    boolean receives(Signature method, Type type) {
        Type receiver = method.receiver().orElseThrow();
        Type actual = Types.base(type instanceof Type.Secret(Type inner) ? inner : type);
        if (receiver == Basic.JSON || receiver instanceof Type.Prop) {
            return receiver == actual || receiver instanceof Type.Prop && actual instanceof Type.Prop;
        }
        if (receiver instanceof Basic) {
            return receiver == actual || receiver == Basic.STRING && actual == Basic.PATH;
        }
        Map<String, Type> bindings = new HashMap<>();
        return checker.arguments.unify(receiver, actual, bindings);
    }

    /** An argument that has been made into a term, to choose an overload by. */
    record Made(Expr written, Term term) {}

    /** @param first what chose it. Made once more, a call in a call in a call would take twice as long at each level. */
    record Overload(Signature signature, Optional<Made> first) {}

    /** The overload that takes as many arguments, and the first of them as it is. */
    Overload overload(List<Signature> candidates, List<Arg> args, Scope scope) {
        List<Signature> counted = candidates.stream().filter(c -> c.params().size() == args.size()).toList();
        List<Signature> among = counted.isEmpty() ? candidates : counted;
        Optional<Expr> first = among.size() == 1 ? Optional.empty() : first(among, args);
        if (first.isEmpty()) {
            return new Overload(among.getFirst(), Optional.empty());
        }
        Type any = new Type.Union(among.stream().map(c -> c.params().getFirst().type()).toList());
        Term term = checker.exprs.term(first.get(), any, scope);
        Signature chosen = among.stream()
                .filter(c -> checker.types.fit(term.type(), c.params().getFirst().type()) == Types.Fit.SAME)
                .findFirst()
                .orElse(among.getFirst());
        return new Overload(chosen, Optional.of(new Made(first.get(), term)));
    }

    /** What is given for the first parameter, by its place or by its name. */
    private static Optional<Expr> first(List<Signature> among, List<Arg> args) {
        return args.stream()
                .filter(arg -> arg.name().isEmpty()
                        || among.stream().anyMatch(c -> c.params().getFirst().name().equals(arg.name().get().text())))
                .findFirst()
                .map(Arg::value);
    }

    private void unknown(Name name, Type type, Scope scope) {
        Diagnostic diagnostic = Diagnostic.error(
                Code.UNKNOWN_MEMBER, name.span(), TypeNames.a(type) + " has no method `" + name.text() + "`");
        if (type == Basic.JSON) {
            checker.problems.add(diagnostic.note("say what it must be first: … as list<string>"));
            return;
        }
        if (field(type, name.text()).isPresent()) {
            checker.problems.add(diagnostic.note("`" + name.text() + "` is a field: write it without ()"));
            return;
        }
        Set<String> known = new LinkedHashSet<>();
        for (String method : checker.signatures.methodNames()) {
            if (checker.signatures.methods(method).stream().anyMatch(m -> receives(m, type))) {
                known.add(method);
            }
        }
        scope.unit().visible().in(VALUE).values().stream().filter(f -> takes(f, type)).forEach(f -> known.add(f.simple()));
        checker.problems.add(Nearest.hint(name.text(), known).map(diagnostic::note).orElse(diagnostic));
    }
}
