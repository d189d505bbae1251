package org.offx.check;

import static org.offx.check.Names.Space.HEAD;
import static org.offx.check.Names.Space.TYPE;
import static org.offx.check.Names.Space.VALUE;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.offx.check.Names.Space;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Name;
import org.offx.tree.Path;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** Says what is wrong with a name, and which one may have been meant: here, in another namespace, in another module. */
final class Explain {

    private final Checker checker;

    Explain(Checker checker) {
        this.checker = checker;
    }

    /** OFX0208: each of the chain needs the next one, and the last one the first. */
    void cycle(List<Symbol> chain, String note) {
        Symbol first = chain.getFirst();
        String shown = chain.stream().map(Symbol::simple).collect(Collectors.joining(" -> ")) + " -> " + first.simple();
        Diagnostic diagnostic = Diagnostic.error(
                        Code.CYCLE, first.span(), "`" + first.simple() + "` is defined by itself: " + shown)
                .here(chain.size() == 1 ? "needs itself" : "needs `" + chain.get(1).simple() + "`");
        for (int i = 1; i < chain.size(); i++) {
            Symbol next = chain.get((i + 1) % chain.size());
            diagnostic = diagnostic.and(chain.get(i).span(), "needs `" + next.simple() + "`");
        }
        checker.problems.add(diagnostic.note(note));
    }

    /** OFX0206. */
    void unknownType(Path path, Unit unit, Name last) {
        Diagnostic diagnostic =
                Diagnostic.error(Code.UNKNOWN_TYPE, path.span(), "there is no type `" + path.text() + "`");
        if (path.parts().size() > 1) {
            checker.problems.add(inModule(diagnostic, unit, path.parts().getFirst(), last, TYPE));
            return;
        }
        Set<String> known = new LinkedHashSet<>(inSight(unit, TYPE));
        known.addAll(TypeReader.words());
        checker.problems.add(Habits.type(last.text())
                .map(type -> diagnostic.note("it is called " + type + " here"))
                .orElseGet(() -> meant(diagnostic, last.text(), known, unit, TYPE)));
    }

    /** OFX0205: nothing of that name can stand where a task stands. */
    void unknownHead(Path path, Unit unit) {
        Name last = path.parts().getLast();
        Diagnostic diagnostic = Diagnostic.error(
                Code.UNKNOWN_RESOURCE, path.span(), "there is no resource, action or role `" + path.text() + "`");
        checker.problems.add(
                path.parts().size() > 1
                        ? inModule(diagnostic, unit, path.parts().getFirst(), last, HEAD)
                        : Habits.head(last.text())
                                .map(diagnostic::note)
                                .orElseGet(() -> meant(diagnostic, last.text(), inSight(unit, HEAD), unit, HEAD)));
    }

    /** OFX0201: a bare name that stands for no value. */
    void unknownValue(Span span, String name, Type expected, Scope scope) {
        Diagnostic bare = Diagnostic.error(Code.UNKNOWN_NAME, span, "`" + name + "` means nothing here");
        boolean text = Types.alternatives(expected).contains(Basic.STRING);
        Optional<String> said = text ? Optional.of("as a text it is \"" + name + "\"") : Habits.value(name);
        Diagnostic diagnostic = said.map(bare::note).orElse(bare);
        Set<String> known = new LinkedHashSet<>(scope.locals().keySet());
        known.addAll(inSight(scope.unit(), VALUE));
        if (scope.node().isPresent()) {
            known.add("node");
        }
        if (name.equals("node")) {
            checker.problems.add(diagnostic.note("a node is evaluated only in plays, roles, rules, resources and facts;"
                    + " a function takes it as a parameter: fn f(n: node)"));
            return;
        }
        if (checker.signatures.functions(name).isEmpty()) {
            checker.problems.add(meant(diagnostic, name, known, scope.unit(), VALUE));
        } else {
            checker.problems.add(diagnostic.note("`" + name + "` is a function: call it, " + name + "(…)"));
        }
    }

    /** OFX0201: a function that nobody declares. */
    void unknownFunction(Span span, String name, Scope scope) {
        Diagnostic diagnostic = Diagnostic.error(Code.UNKNOWN_NAME, span, "there is no function `" + name + "`");
        Set<String> known = new LinkedHashSet<>(inSight(scope.unit(), VALUE));
        known.removeIf(n -> checker.lookup
                .name(scope.unit(), VALUE, n)
                .filter(s -> s.decl() instanceof Decl.FnDecl || s.decl() instanceof Decl.FactDecl)
                .isEmpty());
        known.addAll(checker.signatures.functionNames());
        known.addAll(inSight(scope.unit(), HEAD));
        checker.problems.add(Habits.function(name)
                .map(diagnostic::note)
                .orElseGet(() -> meant(diagnostic, name, known, scope.unit(), VALUE)));
    }

    /** OFX0703: a name that should be a node's or a group's. */
    void unknownNode(Span span, String name, Scope scope) {
        Set<String> known = new LinkedHashSet<>();
        scope.unit().visible().in(VALUE).forEach((n, symbol) -> {
            if (symbol.decl() instanceof Decl.NodeDecl || symbol.decl() instanceof Decl.GroupDecl) {
                known.add(n);
            }
        });
        Diagnostic diagnostic =
                Diagnostic.error(Code.UNKNOWN_NODE, span, "there is no node or group `" + name + "`");
        checker.problems.add(meant(diagnostic, name, known, scope.unit(), VALUE));
    }

    /** OFX0201 for {@code module.name}. */
    void unknownInModule(Span span, Name module, Name name, Scope scope) {
        Diagnostic diagnostic = Diagnostic.error(
                Code.UNKNOWN_NAME, name.span(), "`" + module.text() + "` declares no value `" + name.text() + "`");
        if (scope.unit().qualified(module.text(), TYPE, name.text()).isPresent()) {
            checker.problems.add(diagnostic.note("it is a type"));
            return;
        }
        if (scope.unit().qualified(module.text(), HEAD, name.text()).isPresent()) {
            checker.problems.add(diagnostic.note(
                    "it is a resource, action or role; a reference to a task is written " + module.text() + "." + name.text() + "(…)"));
            return;
        }
        checker.problems.add(inModule(diagnostic, scope.unit(), module, name, VALUE));
    }

    private Diagnostic inModule(Diagnostic diagnostic, Unit unit, Name module, Name name, Space space) {
        Unit target = unit.aliases().get(module.text());
        if (target == null) {
            if (checker.sources.library(module.text()).isPresent()) {
                return diagnostic.note("the module is not used here: write `use " + module.text() + "` at the top");
            }
            return Nearest.hint(module.text(), unit.aliases().keySet())
                    .map(h -> diagnostic.note("no module is called `" + module.text() + "` here; " + h))
                    .orElse(diagnostic.note("no module is called `" + module.text() + "` here"));
        }
        Optional<String> near = Nearest.of(name.text(), target.visible().in(space).keySet());
        if (near.isPresent()) {
            return diagnostic.fix("", name.span(), near.get());
        }
        Set<String> all = new LinkedHashSet<>(target.visible().in(space).keySet());
        return all.isEmpty() ? diagnostic : diagnostic.note(module.text() + " has " + Nearest.listed(all));
    }

    private Diagnostic meant(Diagnostic diagnostic, String name, Set<String> known, Unit unit, Space space) {
        Optional<String> elsewhere = elsewhere(name, unit, space).or(() -> space == VALUE ? elsewhere(name, unit, HEAD) : Optional.empty());
        if (elsewhere.isPresent()) {
            return diagnostic.note(elsewhere.get());
        }
        Optional<String> near = Nearest.of(name, known);
        return near.map(n -> diagnostic
                        .fix("", diagnostic.span(), n))
                .orElse(diagnostic);
    }

    /** The very name, where it is: in a module that is used under its own name, or in a file that is not used here. */
    private Optional<String> elsewhere(String name, Unit unit, Space space) {
        for (Map.Entry<String, Unit> alias : unit.aliases().entrySet()) {
            if (alias.getValue().visible().find(space, name).isPresent()) {
                return Optional.of("`" + name + "` is in module " + alias.getKey() + ": write " + alias.getKey() + "." + name);
            }
        }
        for (Unit other : checker.modules.units()) {
            Optional<Symbol> symbol = other.own().find(space, name);
            if (symbol.isPresent()) {
                return Optional.of(other.module()
                        .map(m -> "`" + name + "` is in module " + m + ": write " + m + "." + name + ", after `use " + m + "`")
                        .orElse("`" + name + "` is declared in " + other.source().name() + ", which this file does not use"));
            }
        }
        return Optional.empty();
    }

    /** All names of a namespace that may be written here, modules' names in front of theirs. */
    private Set<String> inSight(Unit unit, Space space) {
        Set<String> names = new LinkedHashSet<>(unit.visible().in(space).keySet());
        checker.modules.prelude().ifPresent(p -> names.addAll(p.visible().in(space).keySet()));
        List<String> qualified = new ArrayList<>();
        unit.aliases().forEach((alias, target) -> target.visible().in(space).keySet().forEach(n -> qualified.add(alias + "." + n)));
        names.addAll(qualified);
        return names;
    }
}
