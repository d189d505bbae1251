package org.offx.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Entry;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** Nodes and sets of nodes. Refuses OFX0302 and OFX0303 for attributes that the kind does not have, or must have. */
final class NodeCheck {

    private static final Type ADDRESS = new Type.Union(List.of(Basic.STRING, Basic.IP));

    private final Checker checker;
    private final SequencedMap<String, Symbol> nodes = new LinkedHashMap<>();
    private final List<Symbol> kinds = new ArrayList<>();
    private final Map<String, Map<String, Type>> attributes = new HashMap<>();
    private final Map<String, SequencedMap<String, Term>> given = new HashMap<>();
    private final Set<String> misspelt = new HashSet<>();

    NodeCheck(Checker checker) {
        this.checker = checker;
    }

    void add(Symbol symbol) {
        switch (symbol.decl()) {
            case Decl.NodeDecl ignored -> nodes.put(symbol.name(), symbol);
            case Decl.KindDecl ignored -> kinds.add(symbol);
            default -> {}
        }
    }

    Symbol symbol(String node) {
        Symbol symbol = nodes.get(node);
        if (symbol == null) {
            throw new IllegalStateException("no node " + node);
        }
        return symbol;
    }

    Type type(Symbol node) {
        return kind(node).<Type>map(k -> new Type.Node(k.name())).orElse(new Type.Node(""));
    }

    private Optional<Symbol> kind(Symbol node) {
        return ((Decl.NodeDecl) node.decl())
                .kind()
                .flatMap(path -> checker.lookup.path(node.unit(), Names.Space.TYPE, path))
                .filter(s -> s.decl() instanceof Decl.KindDecl);
    }

    /** The attributes of a node with their types, those of every node among them. */
    Map<String, Type> attributes(String node) {
        Map<String, Type> known = attributes.get(node);
        if (known != null) {
            return known;
        }
        Symbol symbol = symbol(node);
        Map<String, Type> types = new LinkedHashMap<>(NodeAttributes.COMMON);
        attributes.put(node, types);
        Optional<Symbol> kind = kind(symbol);
        if (kind.isPresent()) {
            types.putAll(checker.shapes.fieldTypes(kind.get().name()));
            return types;
        }
        for (Entry entry : ((Decl.NodeDecl) symbol.decl()).attributes()) {
            if (entry instanceof Entry.Labelled(Span span, Name name, Expr value)) {
                types.putIfAbsent(name.text(), Basic.ERROR);
            }
        }
        given(symbol).forEach((name, term) -> {
            if (!NodeAttributes.COMMON.containsKey(name)) {
                types.put(name, term.type());
            }
        });
        return types;
    }

    /** The attributes of each kind, and of each node that has none. */
    List<Map<String, Type>> everyShape() {
        List<Map<String, Type>> shapes = new ArrayList<>();
        kinds.forEach(kind -> shapes.add(checker.shapes.fieldTypes(kind.name())));
        nodes.values().stream().filter(n -> kind(n).isEmpty()).forEach(n -> shapes.add(attributes(n.name())));
        return shapes;
    }

    private SequencedMap<String, Term> given(Symbol node) {
        SequencedMap<String, Term> known = given.get(node.name());
        if (known == null) {
            Optional<Symbol> kind = kind(node);
            Map<String, Type> wanted = new LinkedHashMap<>(NodeAttributes.COMMON);
            wanted.put("address", ADDRESS);
            kind.ifPresent(k -> wanted.putAll(checker.shapes.fieldTypes(k.name())));
            String what = kind.map(k -> "a node of kind " + k.simple()).orElse("a node");
            Scope scope = Scope.of(node.unit(), Optional.of(node));
            List<Entry> entries = ((Decl.NodeDecl) node.decl()).attributes();
            BraceCheck.Given all = checker.braces.attributes(entries, what, wanted, kind.isPresent(), scope);
            known = all.terms();
            given.put(node.name(), known);
            if (all.misspelt()) {
                misspelt.add(node.name());
            }
        }
        return known;
    }

    Definition.NodeDef node(Symbol symbol) {
        Decl.NodeDecl decl = (Decl.NodeDecl) symbol.decl();
        Optional<Symbol> kind = kind(symbol);
        if (decl.kind().isPresent() && kind.isEmpty()) {
            unknownKind(decl, symbol);
        }
        SequencedMap<String, Term> terms = new LinkedHashMap<>(given(symbol));
        List<String> missing = new ArrayList<>();
        for (Slot slot : kind.map(checker.shapes::slots).orElse(List.of())) {
            if (!terms.containsKey(slot.text())) {
                missing(symbol, kind.orElseThrow(), slot, terms, missing);
            }
        }
        if (!missing.isEmpty() && !misspelt.contains(symbol.name())) {
            checker.problems.add(Diagnostic.error(
                            Code.MISSING_ATTRIBUTE, symbol.span(), "`" + symbol.simple() + "` lacks " + Nearest.listed(missing))
                    .and(kind.orElseThrow().span(), "every node of this kind has " + (missing.size() == 1 ? "it" : "them")));
        }
        complete(symbol, terms, attributes(symbol.name()).get("address") == Basic.STRING);
        return new Definition.NodeDef(symbol.name(), symbol.span(), decl.doc(), kind.map(Symbol::name), terms);
    }

    private void missing(Symbol node, Symbol kind, Slot slot, SequencedMap<String, Term> terms, List<String> missing) {
        if (slot.defaultValue().isPresent()) {
            terms.put(slot.text(), checker.globals.defaultValue(kind, slot));
        } else if (slot.optional()) {
            terms.put(slot.text(), nothing(node.span()));
        } else if (slot.type() == Basic.STRING && (slot.text().equals("name") || slot.text().equals("address"))) {
            terms.put(slot.text(), text(node));
        } else {
            missing.add(slot.text());
        }
    }

    /** What every node has: its name, an address that is its name unless it says otherwise, and how to log in. */
    private static void complete(Symbol node, SequencedMap<String, Term> terms, boolean addressIsText) {
        terms.putIfAbsent("name", text(node));
        Term address = terms.getOrDefault("address", text(node));
        terms.put("address", addressIsText ? asText(address) : address);
        terms.putIfAbsent("user", nothing(node.span()));
        terms.putIfAbsent("port", nothing(node.span()));
        terms.putIfAbsent("become", NameCheck.symbol(node.span(), "sudo"));
    }

    private static Term asText(Term address) {
        if (address instanceof Term.Const(Span span, Type type, Value.Ip(var ip))) {
            return new Term.Const(span, Basic.STRING, new Value.Text(ip.toString()));
        }
        return address.type() == Basic.STRING
                ? address
                : new Term.Template(address.span(), Basic.STRING, List.of(new Term.Hole(address)));
    }

    private static Term text(Symbol node) {
        return new Term.Const(node.span(), Basic.STRING, new Value.Text(node.simple()));
    }

    private static Term nothing(Span span) {
        return new Term.Const(span, Basic.NULL, Value.Nothing.NULL);
    }

    private void unknownKind(Decl.NodeDecl decl, Symbol symbol) {
        Diagnostic diagnostic = Diagnostic.error(
                Code.UNKNOWN_TYPE,
                decl.kind().orElseThrow().span(),
                "there is no kind of node `" + decl.kind().orElseThrow().text() + "`");
        List<String> known = kinds.stream().map(Symbol::simple).toList();
        checker.problems.add(Nearest.hint(decl.kind().orElseThrow().text(), known)
                .map(diagnostic::note)
                .orElse(diagnostic.note("declare it: kind " + decl.kind().orElseThrow().text() + " { … }")));
    }

    /** A set of nodes; one node by itself is a set of one. */
    Term members(Expr written, Scope scope) {
        Type any = new Type.SetOf(new Type.Node(""));
        Term term = checker.exprs.term(written, any, scope);
        if (term.type() instanceof Type.Node) {
            return new Term.Items(
                    term.span(), new Type.SetOf(term.type()), List.of(new Term.Element(term, false, Optional.empty())));
        }
        return checker.fitting.fit(term, any);
    }
}
