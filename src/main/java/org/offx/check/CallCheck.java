package org.offx.check;

import static org.offx.check.Names.Space.HEAD;
import static org.offx.check.Names.Space.TYPE;
import static org.offx.check.Names.Space.VALUE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.check.Scope.Effect;
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

/** Calls: of functions, facts and methods, of structs (which makes one), of resources (which refers to a task). */
final class CallCheck {

    private final Checker checker;

    CallCheck(Checker checker) {
        this.checker = checker;
    }

    Term call(Expr.Call call, Type expected, Scope scope) {
        return switch (call.target()) {
            case Expr.Ref ref -> named(call, ref, expected, scope);
            case Expr.Member member -> {
                Optional<Name> module = checker.members.module(member.target(), scope);
                yield module.isPresent()
                        ? inModule(call, member, module.get(), expected, scope)
                        : checker.methods.method(call, member, expected, scope);
            }
            default -> apply(call, checker.exprs.infer(call.target(), scope), scope);
        };
    }

    private Term named(Expr.Call call, Expr.Ref ref, Type expected, Scope scope) {
        String name = ref.name();
        Optional<Scope.Local> local = scope.local(name);
        if (local.isPresent() && Types.core(local.get().type()) instanceof Type.Function) {
            return apply(call, checker.exprs.infer(ref, scope), scope);
        }
        Optional<Term> payload = payload(call, name, expected, scope);
        if (payload.isPresent()) {
            return payload.get();
        }
        Optional<Symbol> value = checker.lookup.name(scope.unit(), VALUE, name).filter(CallCheck::isCalled);
        if (value.isPresent()) {
            return value(call, value.get(), expected, scope);
        }
        Optional<Symbol> type = checker.lookup.name(scope.unit(), TYPE, name);
        if (type.isPresent()) {
            return construct(call, type.get(), scope);
        }
        List<Signature> builtins = checker.signatures.functions(name);
        if (!builtins.isEmpty()) {
            MethodCheck.Overload chosen = checker.methods.overload(builtins, call.arguments(), scope);
            return checker.arguments.builtin(call.span(), chosen, Optional.empty(), call.arguments(), expected, scope);
        }
        Optional<Symbol> head = checker.lookup.name(scope.unit(), HEAD, name);
        if (head.isPresent()) {
            return reference(call, head.get(), scope);
        }
        if (local.isPresent() || checker.lookup.name(scope.unit(), VALUE, name).isPresent()) {
            return apply(call, checker.exprs.infer(ref, scope), scope);
        }
        checker.explain.unknownFunction(ref.span(), name, scope);
        return ExprCheck.missing(call.span());
    }

    /** What a call can mean although a value of another kind may have the same name. */
    private static boolean isCalled(Symbol symbol) {
        return symbol.decl() instanceof Decl.FnDecl || symbol.decl() instanceof Decl.FactDecl;
    }

    private Term inModule(Expr.Call call, Expr.Member member, Name module, Type expected, Scope scope) {
        String name = member.name().text();
        Optional<Symbol> value = scope.unit().qualified(module.text(), VALUE, name);
        if (value.isPresent()) {
            return value(call, value.get(), expected, scope);
        }
        Optional<Symbol> type = scope.unit().qualified(module.text(), TYPE, name);
        if (type.isPresent()) {
            return construct(call, type.get(), scope);
        }
        Optional<Symbol> head = scope.unit().qualified(module.text(), HEAD, name);
        if (head.isPresent()) {
            return reference(call, head.get(), scope);
        }
        checker.explain.unknownInModule(member.span(), module, member.name(), scope);
        return ExprCheck.missing(call.span());
    }

    private Term value(Expr.Call call, Symbol symbol, Type expected, Scope scope) {
        String what = "`" + symbol.simple() + "`";
        return switch (symbol.decl()) {
            case Decl.FnDecl ignored -> checker.arguments
                    .declared(call.span(), what, checker.shapes.slots(symbol), symbol, call.arguments(), scope)
                    .map(terms -> declared(call.span(), symbol, terms, scope))
                    .orElseGet(() -> ExprCheck.missing(call.span()));
            case Decl.FactDecl ignored -> checker.arguments
                    .declared(call.span(), what, checker.shapes.slots(symbol), symbol, call.arguments(), scope)
                    .map(terms -> fact(call.span(), symbol, terms, scope))
                    .orElseGet(() -> ExprCheck.missing(call.span()));
            default -> apply(call, checker.names.global(call.target().span(), symbol, expected, scope), scope);
        };
    }

    /** A call of a declared function, its arguments complete. */
    Term declared(Span span, Symbol symbol, List<Term> arguments, Scope scope) {
        checker.cycles.edge(scope.owner(), symbol);
        if (((Decl.FnDecl) symbol.decl()).probe()) {
            checker.names.effect(Effect.PROBES, span, "`" + symbol.simple() + "`, which reads the node,", scope);
        }
        return new Term.Call(span, checker.globals.result(symbol), symbol.name(), arguments);
    }

    Term fact(Span span, Symbol symbol, List<Term> arguments, Scope scope) {
        if (arguments.isEmpty() && !checker.shapes.slots(symbol).isEmpty()) {
            checker.problems.error(Code.BAD_CALL, span, "the fact `" + symbol.simple() + "` needs arguments");
            return ExprCheck.missing(span);
        }
        checker.names.effect(Effect.FACTS, span, "the fact `" + symbol.simple() + "`", scope);
        Decl.FactDecl declared = (Decl.FactDecl) symbol.decl();
        Type type = checker.typeReader.read(declared.type(), symbol.unit());
        return new Term.Fact(span, type, symbol.name(), arguments);
    }

    /** A function that is a value. */
    private Term apply(Expr.Call call, Term function, Scope scope) {
        if (Fitting.isBroken(function)) {
            return function;
        }
        if (Types.isNullable(function.type())) {
            checker.misfits.maybeNull(function);
            return ExprCheck.missing(call.span());
        }
        if (!(Types.core(function.type()) instanceof Type.Function(List<Type> params, Type result))) {
            checker.problems.error(
                    Code.BAD_CALL,
                    call.target().span(),
                    "`" + call.target().span().text() + "` is " + TypeNames.a(function.type()) + ", and only functions are called");
            return ExprCheck.missing(call.span());
        }
        List<Arg> given = call.arguments();
        if (given.size() != params.size() || given.stream().anyMatch(a -> a.name().isPresent())) {
            checker.problems.error(
                    Code.BAD_CALL, call.span(), "this function takes " + ExprCheck.counted(params.size(), "argument") + ", without names");
            return ExprCheck.missing(call.span());
        }
        List<Term> arguments = new ArrayList<>();
        for (int i = 0; i < params.size(); i++) {
            arguments.add(checker.exprs.check(given.get(i).value(), params.get(i), scope));
        }
        return new Term.Apply(call.span(), result, function, arguments);
    }

    private Term construct(Expr.Call call, Symbol symbol, Scope scope) {
        Type type = checker.shapes.type(symbol);
        if (!(type instanceof Type.Struct(String struct))) {
            checker.problems.add(Diagnostic.error(
                            Code.BAD_CALL, call.target().span(), "`" + symbol.simple() + "` is no struct, and only those are built by a call")
                    .note("a value of another type is written where that type is expected: let x: " + symbol.simple() + " = …"));
            return ExprCheck.missing(call.span());
        }
        return struct(call.span(), struct, call.arguments(), scope);
    }

    private Term struct(Span span, String struct, List<Arg> given, Scope scope) {
        List<Slot> slots = checker.shapes.slots(checker.shapes.type(struct));
        String what = "`" + TypeNames.simple(struct) + "`";
        Optional<Arg> unnamed = given.stream().filter(a -> a.name().isEmpty()).findFirst();
        if (unnamed.isPresent()) {
            checker.problems.add(Diagnostic.error(Code.BAD_CALL, unnamed.get().span(), "which field of " + what + " is this?")
                    .note("fields are given by name: " + TypeNames.simple(struct) + "("
                            + String.join(", ", slots.stream().map(s -> s.text() + " = …").toList()) + ")"));
            return ExprCheck.missing(span);
        }
        Optional<List<Optional<Expr>>> placed =
                checker.arguments.place(span, what, slots.stream().map(Slot::text).toList(), given);
        if (placed.isEmpty()) {
            return ExprCheck.missing(span);
        }
        List<Term.FieldValue> fields = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            Optional<Expr> value = placed.get().get(i);
            if (value.isPresent()) {
                fields.add(new Term.FieldValue(slot.text(), checker.exprs.check(value.get(), slot.type(), scope)));
            } else if (!slot.optional()) {
                missing.add(slot.text());
            }
        }
        checker.braces.missingFields(span, what, missing);
        return new Term.Record(span, new Type.Struct(struct), List.of(), fields);
    }

    /** {@code vers(4.2)} where an enum with such a member is expected. */
    private Optional<Term> payload(Expr.Call call, String name, Type expected, Scope scope) {
        for (Type type : Types.alternatives(expected)) {
            Optional<Decl.Choice> choice =
                    type instanceof Type.Enum(String of) ? checker.shapes.member(of, name) : Optional.empty();
            if (choice.isPresent() && choice.get().payload().isPresent()) {
                return Optional.of(member(call, (Type.Enum) type, choice.get(), scope));
            }
        }
        return Optional.empty();
    }

    private Term member(Expr.Call call, Type.Enum type, Decl.Choice choice, Scope scope) {
        Type payload = checker.shapes.payload(type.name(), choice).orElseThrow();
        List<Arg> given = call.arguments();
        Term value;
        if (payload instanceof Type.Struct(String struct) && given.stream().allMatch(a -> a.name().isPresent())) {
            value = struct(call.span(), struct, given, scope);
        } else if (given.size() == 1 && given.getFirst().name().isEmpty()) {
            value = checker.exprs.check(given.getFirst().value(), payload, scope);
        } else {
            checker.problems.error(
                    Code.BAD_CALL, call.span(), "`" + choice.name().text() + "` carries one value, " + TypeNames.a(payload));
            return ExprCheck.missing(call.span());
        }
        return new Term.Member(call.span(), type, choice.name().text(), Shapes.spelling(choice), value);
    }

    /** {@code zfs.pool("rpool")}: a reference to the task of that key. */
    private Term reference(Expr.Call call, Symbol head, Scope scope) {
        if (!checker.shapes.isResource(head)) {
            checker.problems.add(Diagnostic.error(
                            Code.BAD_CALL, call.span(), "`" + head.simple() + "` is done, and nothing that can be referred to")
                    .note("only tasks of resources have references"));
            return ExprCheck.missing(call.span());
        }
        checker.cycles.edge(scope.owner(), head);
        if (isWhole(call.arguments()) && !checker.shapes.slots(head).isEmpty()) {
            // Of all tasks none has a key to ask for: the type names no resource.
            return new Term.Reference(call.span(), new Type.Reference(""), head.name(), List.of(new Term.Const(
                    call.arguments().getFirst().span(), Basic.STRING, Value.Reference.WHOLE)));
        }
        Optional<List<Term>> key = checker.arguments.declared(
                call.span(), "`" + head.simple() + "`", checker.shapes.slots(head), head, call.arguments(), scope);
        return key.<Term>map(k -> new Term.Reference(call.span(), new Type.Reference(head.name()), head.name(), k))
                .orElseGet(() -> ExprCheck.missing(call.span()));
    }

    /** {@code ("*")}, whatever the type of the key: all tasks of the resource. */
    private static boolean isWhole(List<Arg> arguments) {
        return arguments.size() == 1
                && arguments.getFirst().name().isEmpty()
                && arguments.getFirst().value() instanceof Expr.Template(var span, List<Expr.Part> parts)
                && parts.size() == 1
                && parts.getFirst() instanceof Expr.TextPart(var at, String text)
                && new Value.Text(text).equals(Value.Reference.WHOLE);
    }
}
