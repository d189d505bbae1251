package org.offx.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.tree.Name;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** Attributes of nodes: by their kind, by the nodes that may be meant, or, of any node, by all there are. */
final class NodeAttributes {

    /** What every node has; a kind may say it more narrowly. */
    static final SequencedMap<String, Type> COMMON = common();

    private final Checker checker;

    NodeAttributes(Checker checker) {
        this.checker = checker;
    }

    private static SequencedMap<String, Type> common() {
        SequencedMap<String, Type> types = new LinkedHashMap<>();
        types.put("name", Basic.STRING);
        types.put("address", Basic.STRING);
        types.put("user", new Type.Optional(Basic.STRING));
        types.put("port", new Type.Optional(Basic.INT));
        types.put("become", new Type.Union(List.of(new Type.Symbol("sudo"), new Type.Symbol("none"))));
        return types;
    }

    /** The type of an attribute; reported and empty where it does not exist, or not of every node that may be meant. */
    Optional<Type> type(Term target, Type.Node node, Name name, Scope scope) {
        Optional<Set<String>> nodes = checker.nodeSets.of(target, scope).filter(n -> !n.isEmpty());
        if (nodes.isPresent()) {
            return ofNodes(nodes.get(), name);
        }
        if (!node.kind().isEmpty()) {
            Type type = ofKind(node.kind(), name.text());
            return type == Basic.NULL ? unknown("a node of kind " + TypeNames.simple(node.kind()), name, kindNames(node.kind())) : Optional.of(type);
        }
        return ofAny(name);
    }

    /** {@link Basic#NULL} where the kind has none. */
    private Type ofKind(String kind, String name) {
        Type own = checker.shapes.fieldTypes(kind).get(name);
        return own != null ? own : COMMON.getOrDefault(name, Basic.NULL);
    }

    private Set<String> kindNames(String kind) {
        Set<String> names = new LinkedHashSet<>(checker.shapes.fieldTypes(kind).keySet());
        names.addAll(COMMON.keySet());
        return names;
    }

    private Optional<Type> ofNodes(Set<String> nodes, Name name) {
        List<String> lacking = new ArrayList<>();
        Type type = Basic.ERROR;
        for (String node : nodes) {
            Type own = checker.nodes.attributes(node).get(name.text());
            if (own == null) {
                lacking.add(node);
            } else {
                type = checker.types.join(type, own).orElse(Types.union(List.of(type, own)));
            }
        }
        if (lacking.isEmpty()) {
            return Optional.of(type);
        }
        if (lacking.size() == nodes.size()) {
            Set<String> known = new LinkedHashSet<>();
            nodes.forEach(n -> known.addAll(checker.nodes.attributes(n).keySet()));
            return unknown(nodes.size() == 1 ? "`" + nodes.iterator().next() + "`" : "no node here", name, known);
        }
        Diagnostic diagnostic = Diagnostic.error(
                Code.MISSING_NODE_ATTRIBUTE,
                name.span(),
                Nearest.listed(lacking) + (lacking.size() == 1 ? " has" : " have") + " no attribute `" + name.text() + "`");
        for (String node : lacking) {
            diagnostic = diagnostic.and(checker.nodes.symbol(node).span(), "this node lacks it");
        }
        checker.problems.add(diagnostic.note("every node that may be meant here must have it: give it to "
                + (lacking.size() == 1 ? "this node, or leave it out" : "these nodes, or leave them out")));
        return Optional.empty();
    }

    private Optional<Type> ofAny(Name name) {
        Type common = COMMON.getOrDefault(name.text(), Basic.ERROR);
        Type type = common;
        boolean found = common != Basic.ERROR;
        Set<String> known = new LinkedHashSet<>(COMMON.keySet());
        for (Map<String, Type> attributes : checker.nodes.everyShape()) {
            known.addAll(attributes.keySet());
            Type own = attributes.get(name.text());
            if (own != null) {
                found = true;
                type = checker.types.join(type, own).orElse(Types.union(List.of(type, own)));
            }
        }
        return found ? Optional.of(type) : unknown("no node", name, known);
    }

    private Optional<Type> unknown(String what, Name name, Set<String> known) {
        Diagnostic diagnostic = Diagnostic.error(
                Code.UNKNOWN_MEMBER,
                name.span(),
                what + " has " + (what.startsWith("no ") ? "an" : "no") + " attribute `" + name.text() + "`");
        checker.problems.add(Nearest.hint(name.text(), known).map(diagnostic::note).orElse(diagnostic));
        return Optional.empty();
    }
}
