package org.offx.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offx.tree.Decl;

/** Which declarations need which: a value or group that needs itself has no meaning (OFX0208); functions may recurse. */
final class Cycles {

    private final Checker checker;
    private final Map<Symbol, Set<Symbol>> needs = new IdentityHashMap<>();
    private final Set<Symbol> reported = new HashSet<>();
    private final Map<String, Symbol> order = new LinkedHashMap<>();

    Cycles(Checker checker) {
        this.checker = checker;
    }

    /** The body of the owner refers to the target. */
    void edge(Optional<Symbol> owner, Symbol target) {
        if (owner.isPresent()) {
            order.putIfAbsent(owner.get().name(), owner.get());
            needs.computeIfAbsent(owner.get(), s -> new LinkedHashSet<>()).add(target);
        }
    }

    void report() {
        Set<Symbol> done = new HashSet<>();
        for (Symbol start : order.values()) {
            visit(start, new ArrayList<>(), done);
        }
    }

    private void visit(Symbol symbol, List<Symbol> path, Set<Symbol> done) {
        int at = path.indexOf(symbol);
        if (at >= 0) {
            List<Symbol> chain = List.copyOf(path.subList(at, path.size()));
            if (chain.stream().anyMatch(Cycles::isValue) && reported.stream().noneMatch(chain::contains)) {
                reported.addAll(chain);
                Symbol first = chain.stream().filter(Cycles::isValue).findFirst().orElseThrow();
                checker.explain.cycle(rotated(chain, first), note(first));
            }
            return;
        }
        if (!done.add(symbol)) {
            return;
        }
        path.add(symbol);
        for (Symbol needed : needs.getOrDefault(symbol, Set.of())) {
            visit(needed, path, done);
        }
        path.removeLast();
    }

    private static List<Symbol> rotated(List<Symbol> chain, Symbol first) {
        int at = chain.indexOf(first);
        List<Symbol> result = new ArrayList<>(chain.subList(at, chain.size()));
        result.addAll(chain.subList(0, at));
        return result;
    }

    private static String note(Symbol symbol) {
        return symbol.decl() instanceof Decl.GroupDecl
                ? "a group cannot contain itself"
                : "a value cannot need itself, not even through others";
    }

    private static boolean isValue(Symbol symbol) {
        return symbol.decl() instanceof Decl.LetDecl || symbol.decl() instanceof Decl.GroupDecl;
    }
}
