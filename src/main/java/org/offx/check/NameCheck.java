package org.offx.check;

import static org.offx.check.Names.Space.HEAD;
import static org.offx.check.Names.Space.TYPE;
import static org.offx.check.Names.Space.VALUE;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.offx.check.Scope.Effect;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Expr;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** Bare words: locals, members of the expected enum, declarations, {@code node}. */
final class NameCheck {

    private final Checker checker;

    NameCheck(Checker checker) {
        this.checker = checker;
    }

    Term ref(Expr.Ref ref, Type expected, Scope scope) {
        String name = ref.name();
        Optional<Term> word = word(ref.span(), name, expected);
        Optional<Term> named = named(ref.span(), name, expected, scope);
        if (word.isPresent() && named.isPresent() && couldBeMeant(named.get(), expected)) {
            checker.problems.add(ambiguous(ref.span(), name, word.get(), scope));
            return ExprCheck.missing(ref.span());
        }
        if (word.isPresent()) {
            return word.get();
        }
        return named.orElseGet(() -> unknown(ref.span(), name, expected, scope));
    }

    private boolean couldBeMeant(Term term, Type expected) {
        return !Fitting.isBroken(term) && checker.types.fit(Types.nonNull(term.type()), expected) != Types.Fit.NO;
    }

    private Diagnostic ambiguous(Span span, String name, Term word, Scope scope) {
        Diagnostic diagnostic = Diagnostic.error(
                Code.AMBIGUOUS_NAME, span, "`" + name + "` could be a value of that name, or " + TypeNames.a(word.type()));
        Optional<Span> declared = scope.local(name)
                .map(Scope.Local::declared)
                .or(() -> checker.lookup.name(scope.unit(), VALUE, name).map(Symbol::span));
        if (declared.isPresent()) {
            diagnostic = diagnostic.and(declared.get(), "the value");
        }
        return word.type() instanceof Type.Enum(String type)
                ? diagnostic.note("write " + TypeNames.simple(type) + "." + name + " for the member")
                : diagnostic.note("call the value something else");
    }

    /** A member of an enum, or the symbol of a union, that the expected type holds. */
    Optional<Term> word(Span span, String name, Type expected) {
        if (acceptsInherit(expected) && name.equals("inherit")) {
            return Optional.of(symbol(span, name));
        }
        for (Type type : Types.alternatives(expected)) {
            if (type.equals(new Type.Symbol(name))) {
                return Optional.of(symbol(span, name));
            }
            Optional<Term> member = type instanceof Type.Enum(String of) ? member(span, name, of) : Optional.empty();
            if (member.isPresent()) {
                return member;
            }
        }
        return Optional.empty();
    }

    static Term symbol(Span span, String word) {
        return new Term.Const(span, new Type.Symbol(word), new Value.Symbol(word));
    }

    private static boolean acceptsInherit(Type expected) {
        Type core = Types.core(expected);
        return core instanceof Type.Prop
                || core instanceof Type.Union(List<Type> members) && members.stream().anyMatch(NameCheck::acceptsInherit);
    }

    Optional<Term> member(Span span, String name, String enumeration) {
        return checker.shapes.member(enumeration, name).map(choice -> {
            if (choice.payload().isPresent()) {
                checker.problems.error(
                        Code.BAD_CALL, span, "`" + name + "` needs a value: " + name + "(…)");
                return ExprCheck.missing(span);
            }
            Value value = new Value.Member(enumeration, name, Shapes.spelling(choice), Optional.empty());
            return new Term.Const(span, new Type.Enum(enumeration), value);
        });
    }

    private Optional<Term> named(Span span, String name, Type expected, Scope scope) {
        Optional<Scope.Local> local = scope.local(name);
        if (local.isPresent()) {
            return Optional.of(local(span, local.get(), expected, scope));
        }
        if (name.equals("node") && scope.node().isPresent()) {
            Type type = scope.node().get().type();
            return Optional.of(checker.narrowing.apply(new Term.ThisNode(span, type), scope));
        }
        Optional<Symbol> symbol = checker.lookup.name(scope.unit(), VALUE, name);
        if (symbol.isPresent() && isFunction(symbol.get()) && !wantsFunction(expected)) {
            return expectsWord(expected) ? Optional.empty() : Optional.of(global(span, symbol.get(), expected, scope));
        }
        return symbol.map(s -> global(span, s, expected, scope));
    }

    private Term local(Span span, Scope.Local local, Type expected, Scope scope) {
        if (expected == Basic.BOOL && isChanges(local.name(), scope)) {
            return ReviewCheck.anyChange(span, local.type());
        }
        Type type = local.shared().map(shared -> shared.value().type()).orElse(local.type());
        return checker.narrowing.apply(new Term.Local(span, type, local.name()), scope);
    }

    /** The record {@code changes} of a resource, whose fields are conditions. */
    static boolean isChanges(String name, Scope scope) {
        return name.equals("changes")
                && scope.local(name)
                        .filter(l -> scope.owner().map(Symbol::span).filter(l.declared()::equals).isPresent())
                        .isPresent();
    }

    private static boolean isFunction(Symbol symbol) {
        return symbol.decl() instanceof Decl.FnDecl;
    }

    private static boolean wantsFunction(Type expected) {
        return Types.alternatives(expected).stream().anyMatch(Type.Function.class::isInstance);
    }

    private static boolean expectsWord(Type expected) {
        return Types.alternatives(expected).stream().anyMatch(t -> t instanceof Type.Enum || t instanceof Type.Symbol);
    }

    /** What a declared name stands for as a value. */
    Term global(Span span, Symbol symbol, Type expected, Scope scope) {
        checker.cycles.edge(scope.owner(), symbol);
        Term term = switch (symbol.decl()) {
            case Decl.LetDecl ignored -> new Term.Global(span, checker.globals.letType(symbol), symbol.name());
            case Decl.GroupDecl ignored -> new Term.Global(span, checker.globals.groupType(symbol), symbol.name());
            case Decl.NodeDecl ignored ->
                new Term.Const(span, checker.nodes.type(symbol), new Value.NodeName(symbol.name()));
            case Decl.FactDecl ignored -> checker.calls.fact(span, symbol, List.of(), scope);
            case Decl.FnDecl ignored -> function(span, symbol, expected, scope);
            default -> throw new IllegalStateException(symbol + " is no value");
        };
        return checker.narrowing.apply(term, scope);
    }

    /** A declared function as a value. */
    private Term function(Span span, Symbol symbol, Type expected, Scope scope) {
        if (!wantsFunction(expected)) {
            checker.problems.add(Diagnostic.error(
                            Code.TYPE_MISMATCH, span, "`" + symbol.simple() + "` is a function, and a value is expected")
                    .note("call it: " + symbol.simple() + "(…)"));
            return ExprCheck.missing(span);
        }
        List<String> names = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        List<Term> arguments = new ArrayList<>();
        for (Slot slot : checker.shapes.slots(symbol)) {
            names.add(slot.text());
            types.add(slot.type());
            arguments.add(new Term.Local(span, slot.type(), slot.text()));
        }
        Term call = checker.calls.declared(span, symbol, arguments, scope);
        return new Term.Lambda(span, new Type.Function(types, call.type()), names, call);
    }

    /** What reads a node may not stand just anywhere (OFX0311). */
    void effect(Effect needed, Span span, String what, Scope scope) {
        if (scope.effect().compareTo(needed) >= 0) {
            return;
        }
        checker.problems.add(Diagnostic.error(Code.EFFECT_MISPLACED, span, what + " cannot stand here")
                .note(needed == Effect.FACTS
                        ? "facts are known where a node is: in plays, roles, rules and resources, not in what is the same for all nodes"
                        : "probes read nodes, so that they stand only in `observe`, `review`, `list`, facts, `probe fn`,"
                                + " `require`, `check` and `confirm`; everything else is pure"));
    }

    Term implied(Expr.Implied implied, Scope scope) {
        Optional<Scope.Local> it = scope.local("it");
        if (it.isEmpty()) {
            checker.problems.add(Diagnostic.error(
                            Code.UNKNOWN_NAME, implied.span(), "`." + implied.field().text() + "` stands without a value in front")
                    .note("it is short for it." + implied.field().text() + " where there is an `it`, as in the `when` of a probe"));
            return ExprCheck.missing(implied.span());
        }
        Term target = new Term.Local(implied.span(), it.get().type(), "it");
        return checker.members.field(implied.span(), target, implied.field(), false, scope);
    }

    private Term unknown(Span span, String name, Type expected, Scope scope) {
        Set<String> members = words(expected);
        if (scope.unit().aliases().containsKey(name)) {
            checker.problems.add(Diagnostic.error(
                            Code.UNKNOWN_NAME, span, "`" + name + "` is a module, and a value is expected")
                    .note("write " + name + "." + "… for something that it declares"));
        } else if (!members.isEmpty()) {
            checker.problems.add(notAMember(span, name, expected, members));
        } else if (isNode(expected)) {
            checker.explain.unknownNode(span, name, scope);
        } else if (checker.lookup.name(scope.unit(), TYPE, name).isPresent()) {
            checker.problems.error(Code.UNKNOWN_NAME, span, "`" + name + "` is a type, and a value is expected");
        } else if (checker.lookup.name(scope.unit(), HEAD, name).isPresent()) {
            checker.problems.add(Diagnostic.error(
                            Code.UNKNOWN_NAME, span, "`" + name + "` is a resource, and a value is expected")
                    .note("a reference to one of its tasks is written " + name + "(…)"));
        } else {
            readOnly(name, scope)
                    .ifPresentOrElse(
                            note -> checker.problems.add(
                                    Diagnostic.error(Code.UNKNOWN_NAME, span, "`" + name + "` means nothing here").note(note)),
                            () -> checker.explain.unknownValue(span, name, expected, scope));
        }
        return ExprCheck.missing(span);
    }

    private Optional<String> readOnly(String name, Scope scope) {
        return scope.owner()
                .filter(checker.shapes::isResource)
                .map(checker.shapes::schema)
                .filter(schema -> schema.attributes().containsKey(name))
                .map(schema -> "`" + name + "` is read only, so that nobody wants it: the one that is there is observed." + name);
    }

    private static boolean isNode(Type expected) {
        return switch (Types.core(expected)) {
            case Type.Node ignored -> true;
            case Type.SetOf(Type element) -> element instanceof Type.Node;
            default -> false;
        };
    }

    /** All words that the expected type holds. */
    private Set<String> words(Type expected) {
        Set<String> words = new LinkedHashSet<>();
        if (acceptsInherit(expected)) {
            words.add("inherit");
        }
        for (Type type : Types.alternatives(expected)) {
            switch (type) {
                case Type.Symbol(String word) -> words.add(word);
                case Type.Enum(String of) -> checker.shapes.members(of).forEach(c -> words.add(c.name().text()));
                default -> {}
            }
        }
        return words;
    }

    private static Type bare(Type expected) {
        Type core = Types.core(expected);
        return core instanceof Type.Prop(Type inner) ? bare(inner) : core;
    }

    private Diagnostic notAMember(Span span, String name, Type expected, Set<String> members) {
        Diagnostic diagnostic = Diagnostic.error(
                Code.UNKNOWN_MEMBER_OF_ENUM, span, "`" + name + "` is no " + TypeNames.of(bare(expected)));
        Optional<String> near = Nearest.of(name, members);
        return near.map(n -> diagnostic.fix("", span, n))
                .orElse(diagnostic.note("it is one of " + Nearest.listed(members)));
    }
}
