package org.offx.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offx.text.Span;
import org.offx.type.Type;

/**
 * What an expression sees where it stands, and what is known there.
 *
 * @param owner the declaration whose body this is
 * @param narrowed what conditions around have proved of values, by their path
 * @param node what {@code node} is here; empty where no node is evaluated
 * @param command the text being built is a part of a command
 */
record Scope(
        Unit unit,
        Optional<Symbol> owner,
        Map<String, Local> locals,
        Map<String, Type> narrowed,
        Effect effect,
        Optional<NodeView> node,
        boolean command) {

    /** What may be read from nodes here. */
    enum Effect {
        /** Nothing. */
        PURE,
        /** Facts, which are gathered before anything is evaluated. */
        FACTS,
        /** Anything, by probes. */
        PROBES
    }

    /**
     * A parameter, a local definition, an attribute of the resource.
     *
     * @param attribute it is an attribute: the same value as the field of {@code desired}
     * @param nodes of a node: the nodes that it can be, where that is known
     * @param shared a value that several blocks of a resource use: its type is found out where it is used
     */
    record Local(
            String name, Type type, Span declared, boolean attribute, Optional<Set<String>> nodes, Optional<Shared> shared) {

        Local(String name, Type type, Span declared, boolean attribute, Optional<Set<String>> nodes) {
            this(name, type, declared, attribute, nodes, Optional.empty());
        }
    }

    /** @param nodes the nodes that {@code node} can be, where that is known */
    record NodeView(Type type, Optional<Set<String>> nodes) {

        /** Any node of the inventory. */
        static final NodeView ANY = new NodeView(new Type.Node(""), Optional.empty());
    }

    /** A scope without locals, at the top of a file. */
    static Scope of(Unit unit, Optional<Symbol> owner) {
        return new Scope(unit, owner, Map.of(), Map.of(), Effect.PURE, Optional.empty(), false);
    }

    Scope with(Local local) {
        Map<String, Local> more = new HashMap<>(locals);
        more.put(local.name(), local);
        return new Scope(unit, owner, more, narrowed, effect, node, command);
    }

    /** With a local that hides nothing by construction: {@code it}, {@code desired}. */
    Scope with(String name, Type type, Span declared) {
        return with(new Local(name, type, declared, false, Optional.empty()));
    }

    Optional<Local> local(String name) {
        return Optional.ofNullable(locals.get(name));
    }

    Scope narrowed(Map<String, Type> facts) {
        if (facts.isEmpty()) {
            return this;
        }
        Map<String, Type> more = new HashMap<>(narrowed);
        more.putAll(facts);
        return new Scope(unit, owner, locals, more, effect, node, command);
    }

    Scope effect(Effect allowed) {
        return new Scope(unit, owner, locals, narrowed, allowed, node, command);
    }

    Scope at(NodeView view) {
        return new Scope(unit, owner, locals, narrowed, effect, Optional.of(view), command);
    }

    Scope inCommand(boolean inside) {
        return inside == command ? this : new Scope(unit, owner, locals, narrowed, effect, node, inside);
    }
}
