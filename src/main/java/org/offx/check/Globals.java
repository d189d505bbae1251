package org.offx.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offx.check.Scope.Effect;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.tree.Decl;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** Declared values, functions and facts. A body is checked once, when it is first needed. */
final class Globals {

    /** Far from what the stack holds. */
    private static final int LONGEST = 500;

    private final Checker checker;
    private final Map<String, Symbol> values = new HashMap<>();
    private final Map<Symbol, Term> bodies = new IdentityHashMap<>();
    private final Map<Slot, Term> defaults = new IdentityHashMap<>();
    private final Set<Symbol> underWay = new LinkedHashSet<>();

    Globals(Checker checker) {
        this.checker = checker;
    }

    void add(Symbol symbol) {
        values.put(symbol.name(), symbol);
    }

    /** A {@code let} or a group by its qualified name. */
    Symbol symbol(String qualified) {
        Symbol symbol = values.get(qualified);
        if (symbol == null) {
            throw new IllegalStateException("no value " + qualified);
        }
        return symbol;
    }

    Type letType(Symbol symbol) {
        Decl.Let let = ((Decl.LetDecl) symbol.decl()).let();
        return let.type().isPresent()
                ? checker.typeReader.read(let.type().get(), symbol.unit())
                : value(symbol).type();
    }

    Type groupType(Symbol symbol) {
        return value(symbol).type();
    }

    /** What a {@code let}, a group, a function or a fact is; anything at all while that is being found out. */
    Term value(Symbol symbol) {
        Term known = bodies.get(symbol);
        if (known != null) {
            return known;
        }
        if (!underWay.add(symbol)) {
            return ExprCheck.missing(symbol.span());
        }
        if (underWay.size() > LONGEST) {
            checker.problems.add(Diagnostic.error(
                            Code.NESTING, symbol.span(), "more than " + LONGEST + " values need each other to know their types")
                    .note("a type ends the chain: let " + symbol.simple() + ": int = …"));
            bodies.put(symbol, ExprCheck.missing(symbol.span()));
            underWay.remove(symbol);
            return bodies.get(symbol);
        }
        Term body = switch (symbol.decl()) {
            case Decl.LetDecl let -> checker.exprs.letValue(let.let(), Scope.of(symbol.unit(), Optional.of(symbol)));
            case Decl.GroupDecl group -> checker.nodes.members(group.members(), Scope.of(symbol.unit(), Optional.of(symbol)));
            case Decl.FnDecl fn -> function(symbol, fn);
            case Decl.FactDecl fact -> checker.exprs.check(
                    fact.body(), checker.typeReader.read(fact.type(), symbol.unit()), reading(withParams(symbol)));
            default -> throw new IllegalStateException(symbol + " has no body");
        };
        underWay.remove(symbol);
        bodies.put(symbol, body);
        return body;
    }

    private Term function(Symbol symbol, Decl.FnDecl fn) {
        Scope scope = withParams(symbol);
        Scope inside = fn.probe() ? reading(scope) : scope;
        return fn.result().isPresent()
                ? checker.exprs.check(fn.body(), checker.typeReader.read(fn.result().get(), symbol.unit()), inside)
                : checker.exprs.infer(fn.body(), inside);
    }

    private static Scope reading(Scope scope) {
        return scope.effect(Effect.PROBES).at(Scope.NodeView.ANY);
    }

    /** The parameters of a declaration as locals. */
    Scope withParams(Symbol symbol) {
        Scope scope = Scope.of(symbol.unit(), Optional.of(symbol));
        for (Slot slot : checker.shapes.slots(symbol)) {
            scope = checker.lookup.bind(scope, slot.name(), slot.type());
        }
        return scope;
    }

    /** The result of a function, as declared or as its body gives it. */
    Type result(Symbol symbol) {
        Decl.FnDecl fn = (Decl.FnDecl) symbol.decl();
        if (fn.result().isPresent()) {
            return checker.typeReader.read(fn.result().get(), symbol.unit());
        }
        if (underWay.contains(symbol) && !bodies.containsKey(symbol)) {
            checker.problems.add(Diagnostic.error(
                            Code.CYCLE, symbol.span(), "the result of `" + symbol.simple() + "` depends on itself")
                    .note("a function that calls itself declares its result: fn " + symbol.simple() + "(…): int = …"));
            return Basic.ERROR;
        }
        return value(symbol).type();
    }

    /** The value of a field or parameter that is left out. It sees no locals. */
    Term defaultValue(Symbol symbol, Slot slot) {
        Term known = defaults.get(slot);
        if (known == null) {
            Scope scope = Scope.of(symbol.unit(), Optional.of(symbol));
            known = checker.exprs.check(slot.defaultValue().orElseThrow(), slot.type(), scope);
            defaults.put(slot, known);
        }
        return known;
    }

    List<Definition.ParamDef> params(Symbol symbol) {
        List<Definition.ParamDef> params = new ArrayList<>();
        for (Slot slot : checker.shapes.slots(symbol)) {
            params.add(new Definition.ParamDef(
                    slot.text(), slot.type(), slot.defaultValue().map(d -> defaultValue(symbol, slot))));
        }
        return params;
    }

    List<Definition.FieldDef> fields(Symbol symbol) {
        List<Definition.FieldDef> fields = new ArrayList<>();
        for (Slot slot : checker.shapes.slots(symbol)) {
            fields.add(new Definition.FieldDef(
                    slot.text(), slot.doc(), slot.type(), slot.defaultValue().map(d -> defaultValue(symbol, slot))));
        }
        return fields;
    }

    List<Definition.MemberDef> members(Symbol symbol) {
        Set<String> seen = new HashSet<>();
        List<Definition.MemberDef> members = new ArrayList<>();
        for (Decl.Choice choice : ((Decl.EnumDecl) symbol.decl()).choices()) {
            choice.spelling().filter(s -> Constants.text(s).isEmpty()).ifPresent(s -> checker.problems.error(
                    Code.TYPE_MISMATCH, s.span(), "the spelling of a member is a text without interpolations"));
            if (checker.declarations.once(seen, choice.name())) {
                members.add(new Definition.MemberDef(
                        choice.name().text(),
                        choice.doc(),
                        Shapes.spelling(choice),
                        checker.shapes.payload(symbol.name(), choice)));
            }
        }
        return members;
    }

    Definition.RefinementDef refinement(Refinement refinement) {
        Scope scope = Scope.of(refinement.unit(), Optional.empty())
                .with("it", refinement.base(), refinement.tree().condition().span());
        Term condition = checker.exprs.condition(refinement.tree().condition(), scope);
        return new Definition.RefinementDef(
                refinement.name(), refinement.span(), refinement.doc(), refinement.base(), condition);
    }
}
