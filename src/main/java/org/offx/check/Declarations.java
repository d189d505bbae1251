package org.offx.check;

import static org.offx.check.Names.Space.HEAD;
import static org.offx.check.Names.Space.TYPE;
import static org.offx.check.Names.Space.VALUE;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.offx.check.Names.Space;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Name;

/** Gives every declaration its qualified name, and every file the names that it sees. Refuses OFX0202. */
final class Declarations {

    private final Checker checker;

    Declarations(Checker checker) {
        this.checker = checker;
    }

    void declare(List<Unit> units) {
        Set<String> taken = new HashSet<>();
        for (Unit unit : units) {
            for (Decl decl : unit.tree().declarations()) {
                name(decl).ifPresent(name -> declare(unit, decl, name, taken));
            }
        }
        units.forEach(this::see);
    }

    private void declare(Unit unit, Decl decl, Name name, Set<String> taken) {
        Space space = space(decl);
        Symbol symbol = new Symbol(qualified(unit, space, name.text(), taken), unit, name, decl);
        Symbol before = unit.own().in(space).putIfAbsent(name.text(), symbol);
        if (before == null) {
            checker.shapes.add(symbol, space);
            checker.nodes.add(symbol);
            if (space == VALUE) {
                checker.globals.add(symbol);
            }
        } else {
            twice(name, before.span());
        }
    }

    private static String qualified(Unit unit, Space space, String name, Set<String> taken) {
        String qualified = unit.isPrelude()
                ? name
                : unit.module().map(m -> m.substring(m.lastIndexOf('/') + 1) + "." + name).orElse(name);
        return taken.add(space + " " + qualified) ? qualified : unit.source().name() + "#" + name;
    }

    private void twice(Name name, Span before) {
        checker.problems.add(Diagnostic.error(
                        Code.DUPLICATE_NAME, name.span(), "`" + name.text() + "` is declared twice")
                .here("declared again here")
                .and(before, "first declared here"));
    }

    /** Is it the first field, parameter or member of that name? */
    boolean once(Set<String> seen, Name name) {
        if (seen.add(name.text())) {
            return true;
        }
        checker.problems.add(Diagnostic.error(
                Code.DUPLICATE_NAME, name.span(), "`" + name.text() + "` is declared twice").here("it stands above already"));
        return false;
    }

    /** What a unit sees: its own, and of every file that it merges what that one sees by the same rule. */
    private void see(Unit unit) {
        for (Space space : Space.values()) {
            unit.visible().in(space).putAll(unit.own().in(space));
        }
        Set<Unit> done = new LinkedHashSet<>(Set.of(unit));
        for (Unit.Merged merged : unit.merged()) {
            see(unit, merged.unit(), merged.span(), done);
        }
    }

    private void see(Unit unit, Unit from, Span use, Set<Unit> done) {
        if (!done.add(from)) {
            return;
        }
        for (Space space : Space.values()) {
            from.own().in(space).forEach((name, symbol) -> see(unit, space, name, symbol, use));
        }
        from.merged().forEach(merged -> see(unit, merged.unit(), use, done));
    }

    private void see(Unit unit, Space space, String name, Symbol symbol, Span use) {
        Symbol before = unit.visible().in(space).putIfAbsent(name, symbol);
        if (before == null || before == symbol) {
            return;
        }
        String other = symbol.unit().source().name();
        Diagnostic diagnostic = before.unit() == unit
                ? Diagnostic.error(Code.DUPLICATE_NAME, before.span(), "`" + name + "` is declared here and in " + other)
                : Diagnostic.error(Code.DUPLICATE_NAME, use, before.unit().source().name() + " and " + other + " both declare `" + name + "`")
                        .and(before.span(), "declared here");
        checker.problems.add(diagnostic
                .and(symbol.span(), "declared here")
                .note("use one of them under a name of its own: use \"" + other + "\" as other, then other." + name));
    }

    private static Space space(Decl decl) {
        return switch (decl) {
            case Decl.TypeAlias ignored -> TYPE;
            case Decl.StructDecl ignored -> TYPE;
            case Decl.EnumDecl ignored -> TYPE;
            case Decl.KindDecl ignored -> TYPE;
            case Decl.RoleDecl ignored -> HEAD;
            case Decl.ResourceDecl ignored -> HEAD;
            case Decl.ActionDecl ignored -> HEAD;
            case Decl.LetDecl ignored -> VALUE;
            case Decl.FnDecl ignored -> VALUE;
            case Decl.FactDecl ignored -> VALUE;
            case Decl.NodeDecl ignored -> VALUE;
            case Decl.GroupDecl ignored -> VALUE;
            case Decl.Use ignored -> VALUE;
            case Decl.PlayDecl ignored -> VALUE;
            case Decl.RuleDecl ignored -> VALUE;
            case Decl.TestDecl ignored -> VALUE;
            case Decl.Broken ignored -> VALUE;
        };
    }

    private static Optional<Name> name(Decl decl) {
        return switch (decl) {
            case Decl.TypeAlias d -> Optional.of(d.name());
            case Decl.StructDecl d -> Optional.of(d.name());
            case Decl.EnumDecl d -> Optional.of(d.name());
            case Decl.KindDecl d -> Optional.of(d.name());
            case Decl.RoleDecl d -> Optional.of(d.name());
            case Decl.ResourceDecl d -> Optional.of(d.name());
            case Decl.ActionDecl d -> Optional.of(d.name());
            case Decl.LetDecl d -> Optional.of(d.let().name());
            case Decl.FnDecl d -> Optional.of(d.name());
            case Decl.FactDecl d -> Optional.of(d.name());
            case Decl.NodeDecl d -> Optional.of(d.name());
            case Decl.GroupDecl d -> Optional.of(d.name());
            case Decl.Use ignored -> Optional.empty();
            case Decl.PlayDecl ignored -> Optional.empty();
            case Decl.RuleDecl ignored -> Optional.empty();
            case Decl.TestDecl ignored -> Optional.empty();
            case Decl.Broken ignored -> Optional.empty();
        };
    }
}
