package org.offx.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.offx.check.Names.Space;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Name;
import org.offx.tree.Path;
import org.offx.type.Type;

/** From names to what they stand for, and new local names. Refuses OFX0203. */
final class Lookup {

    private final Checker checker;

    Lookup(Checker checker) {
        this.checker = checker;
    }

    /** What a bare name stands for in a file: its own and merged names first, then the prelude's. */
    Optional<Symbol> name(Unit unit, Space space, String name) {
        Optional<Symbol> here = unit.visible().find(space, name);
        return here.isPresent() ? here : checker.modules.prelude().flatMap(p -> p.visible().find(space, name));
    }

    /** What {@code name} or {@code module.name} stands for. */
    Optional<Symbol> path(Unit unit, Space space, Path path) {
        List<Name> parts = path.parts();
        return switch (parts.size()) {
            case 1 -> name(unit, space, parts.getFirst().text());
            case 2 -> unit.qualified(parts.get(0).text(), space, parts.get(1).text());
            default -> Optional.empty();
        };
    }

    /** A local more. It may have the name of a function, which only a call can mean, and of nothing else in sight. */
    Scope bind(Scope scope, Name name, Type type, Optional<Set<String>> nodes) {
        Optional<Span> before = scope.local(name.text()).map(Scope.Local::declared);
        if (before.isEmpty()) {
            before = scope.unit()
                    .visible()
                    .find(Space.VALUE, name.text())
                    .filter(s -> !(s.decl() instanceof Decl.FnDecl))
                    .map(Symbol::span);
        }
        if (before.isPresent()) {
            checker.problems.add(Diagnostic.error(
                            Code.SHADOWED_NAME, name.span(), "`" + name.text() + "` already means something here")
                    .here("a second meaning")
                    .and(before.get(), "the first one")
                    .note("no name hides another: whoever reads `" + name.text() + "` must know which one it is"));
        }
        return scope.with(new Scope.Local(name.text(), type, name.span(), false, nodes));
    }

    Scope bind(Scope scope, Name name, Type type) {
        return bind(scope, name, type, Optional.empty());
    }
}
