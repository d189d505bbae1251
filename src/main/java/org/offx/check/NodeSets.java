package org.offx.check;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offx.type.Type;
import org.offx.value.Value;

/** Which nodes a value is, or holds, where that can be read off the source; empty where only evaluation knows. */
final class NodeSets {

    private final Checker checker;
    private final Map<Symbol, Optional<Set<String>>> globals = new IdentityHashMap<>();

    NodeSets(Checker checker) {
        this.checker = checker;
    }

    Optional<Set<String>> of(Term term, Scope scope) {
        return switch (term) {
            case Term.Const(var span, Type.Node type, Value.NodeName(String name)) -> Optional.of(Set.of(name));
            case Term.Local local -> scope.local(local.name()).flatMap(Scope.Local::nodes);
            case Term.ThisNode ignored -> scope.node().flatMap(Scope.NodeView::nodes);
            case Term.Global(var span, Type type, String name) -> holdsNodes(type) ? global(name) : Optional.empty();
            case Term.Convert(var span, Type type, Term value) -> of(value, scope);
            case Term.Items items when holdsNodes(items.type()) -> items(items.elements(), scope);
            case Term.Comprehension comprehension -> comprehension(comprehension, scope);
            case Term.BuiltinCall call when holdsNodes(call.type()) -> operator(call, scope);
            default -> Optional.empty();
        };
    }

    private static boolean holdsNodes(Type type) {
        return switch (Types.core(type)) {
            case Type.Node ignored -> true;
            case Type.SetOf(Type element) -> element instanceof Type.Node;
            case Type.ListOf(Type element) -> element instanceof Type.Node;
            default -> false;
        };
    }

    private Optional<Set<String>> global(String name) {
        Symbol symbol = checker.globals.symbol(name);
        if (!globals.containsKey(symbol)) {
            globals.put(symbol, Optional.empty());
            globals.put(symbol, of(checker.globals.value(symbol), Scope.of(symbol.unit(), Optional.of(symbol))));
        }
        return globals.get(symbol);
    }

    private Optional<Set<String>> items(List<Term.Element> elements, Scope scope) {
        Set<String> all = new LinkedHashSet<>();
        for (Term.Element element : elements) {
            Optional<Set<String>> nodes = element.condition().isPresent() ? Optional.empty() : of(element.value(), scope);
            if (nodes.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(nodes.get());
        }
        return Optional.of(all);
    }

    /** {@code [n for n in set]}: the set; with a condition nobody knows before evaluation. */
    private Optional<Set<String>> comprehension(Term.Comprehension comprehension, Scope scope) {
        boolean plain = comprehension.condition().isEmpty()
                && comprehension.element() instanceof Term.Local local
                && local.name().equals(comprehension.variable());
        return plain ? of(comprehension.in(), scope) : Optional.empty();
    }

    private Optional<Set<String>> operator(Term.BuiltinCall call, Scope scope) {
        if (call.builtin() != Builtin.ADD && call.builtin() != Builtin.SUBTRACT) {
            return Optional.empty();
        }
        Optional<Set<String>> left = of(call.arguments().get(0), scope);
        Optional<Set<String>> added = of(call.arguments().get(1), scope);
        if (call.builtin() == Builtin.SUBTRACT) {
            // `node` is another one each time: only what is the same for all can be taken away for certain.
            boolean exact = isExact(call.arguments().get(1));
            return left.map(nodes -> {
                Set<String> rest = new LinkedHashSet<>(nodes);
                added.filter(a -> exact || a.size() == 1).ifPresent(rest::removeAll);
                return rest;
            });
        }
        if (left.isEmpty() || added.isEmpty()) {
            return Optional.empty();
        }
        Set<String> all = new LinkedHashSet<>(left.get());
        all.addAll(added.get());
        return Optional.of(all);
    }

    /** Is it the same nodes for whoever evaluates it? */
    private static boolean isExact(Term term) {
        return switch (term) {
            case Term.Const ignored -> true;
            case Term.Global ignored -> true;
            case Term.Convert(var span, Type type, Term value) -> isExact(value);
            case Term.Items(var span, Type type, List<Term.Element> elements) ->
                elements.stream().allMatch(e -> e.condition().isEmpty() && isExact(e.value()));
            case Term.BuiltinCall(var span, Type type, Builtin builtin, List<Term> arguments) ->
                arguments.stream().allMatch(NodeSets::isExact);
            default -> false;
        };
    }
}
