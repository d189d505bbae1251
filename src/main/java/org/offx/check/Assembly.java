package org.offx.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.offx.check.Definition.EnumDef;
import org.offx.check.Definition.FactDef;
import org.offx.check.Definition.FnDef;
import org.offx.check.Definition.GroupDef;
import org.offx.check.Definition.KindDef;
import org.offx.check.Definition.LetDef;
import org.offx.check.Definition.PlayDef;
import org.offx.check.Definition.RefinementDef;
import org.offx.check.Definition.RoleDef;
import org.offx.check.Definition.RuleDef;
import org.offx.check.Definition.StructDef;
import org.offx.check.Definition.TestDef;
import org.offx.check.Names.Space;
import org.offx.check.Scope.Effect;
import org.offx.text.Source;
import org.offx.tree.Decl;
import org.offx.type.Type;

/** Puts the definitions together; checks every declaration of the user's, and of the library's what they need. */
final class Assembly {

    private final Checker checker;
    private final List<Unit> units;
    private final Map<Class<?>, Map<String, Symbol>> declared = new HashMap<>();
    private final List<Definitions<Symbol, ?>> all = new ArrayList<>();

    Assembly(Checker checker) {
        this.checker = checker;
        this.units = checker.modules.units();
        for (Unit unit : units) {
            for (Space space : Space.values()) {
                for (Symbol symbol : unit.own().in(space).values()) {
                    declared.computeIfAbsent(symbol.decl().getClass(), kind -> new LinkedHashMap<>()).put(symbol.name(), symbol);
                }
            }
        }
    }

    Program program(List<Source> roots) {
        List<PlayDef> plays = new ArrayList<>();
        List<RuleDef> rules = new ArrayList<>();
        List<TestDef> tests = new ArrayList<>();
        Definitions<Symbol, Type> aliases = definitions(Decl.TypeAlias.class, checker.shapes::type);
        Definitions<Refinement, RefinementDef> refinements = new Definitions<>(
                checker, checker.shapes.refinements(), checker.globals::refinement, aliases::checkAll);
        Program program = new Program(
                definitions(Decl.LetDecl.class, this::let),
                definitions(Decl.FnDecl.class, this::function),
                definitions(Decl.FactDecl.class, this::fact),
                definitions(Decl.StructDecl.class, this::struct),
                definitions(Decl.EnumDecl.class, this::enumeration),
                refinements,
                definitions(Decl.KindDecl.class, this::kind),
                definitions(Decl.NodeDecl.class, checker.nodes::node),
                definitions(Decl.GroupDecl.class, this::group),
                definitions(Decl.ResourceDecl.class, checker.resources::resource),
                definitions(Decl.ActionDecl.class, checker.resources::action),
                definitions(Decl.RoleDecl.class, this::role),
                plays, rules, tests, units.stream().map(Unit::source).toList());
        all.forEach(definitions -> definitions.check(symbol -> !symbol.unit().isLibrary()));
        Set<Unit> playbook = new LinkedHashSet<>();
        roots.forEach(root -> checker.modules.unit(root).ifPresent(unit -> reach(unit, playbook)));
        for (Unit unit : units) {
            if (playbook.contains(unit)) {
                for (Decl decl : unit.tree().declarations()) {
                    switch (decl) {
                        case Decl.PlayDecl play -> plays.add(checker.plays.play(play, unit));
                        case Decl.RuleDecl rule -> checker.rules.rule(rule, unit).ifPresent(rules::add);
                        case Decl.TestDecl test -> tests.add(checker.rules.test(test, unit));
                        default -> {}
                    }
                }
            }
        }
        refinements.check(refinement -> !refinement.unit().isLibrary());
        return program;
    }

    /** A file, and what it uses without giving it a name. */
    private static void reach(Unit unit, Set<Unit> reached) {
        if (reached.add(unit)) {
            unit.merged().forEach(merged -> reach(merged.unit(), reached));
        }
    }

    private <D> Definitions<Symbol, D> definitions(Class<? extends Decl> kind, Function<Symbol, D> define) {
        Definitions<Symbol, D> definitions =
                new Definitions<>(checker, declared.getOrDefault(kind, Map.of()), define, () -> {});
        all.add(definitions);
        return definitions;
    }

    private LetDef let(Symbol symbol) {
        return new LetDef(symbol.name(), symbol.span(), checker.globals.letType(symbol), checker.globals.value(symbol));
    }

    private FnDef function(Symbol symbol) {
        Decl.FnDecl fn = (Decl.FnDecl) symbol.decl();
        return new FnDef(
                symbol.name(), symbol.span(), fn.doc(), fn.probe(), checker.globals.params(symbol),
                checker.globals.result(symbol), checker.globals.value(symbol));
    }

    private FactDef fact(Symbol symbol) {
        Decl.FactDecl fact = (Decl.FactDecl) symbol.decl();
        return new FactDef(
                symbol.name(), symbol.span(), fact.doc(), checker.globals.params(symbol),
                checker.typeReader.read(fact.type(), symbol.unit()), checker.globals.value(symbol));
    }

    private GroupDef group(Symbol symbol) {
        return new GroupDef(symbol.name(), symbol.span(), ((Decl.GroupDecl) symbol.decl()).doc(), checker.globals.value(symbol));
    }

    private StructDef struct(Symbol symbol) {
        return new StructDef(
                symbol.name(), symbol.span(), ((Decl.StructDecl) symbol.decl()).doc(), checker.globals.fields(symbol));
    }

    private EnumDef enumeration(Symbol symbol) {
        return new EnumDef(
                symbol.name(), symbol.span(), ((Decl.EnumDecl) symbol.decl()).doc(), checker.globals.members(symbol));
    }

    private KindDef kind(Symbol symbol) {
        return new KindDef(
                symbol.name(), symbol.span(), ((Decl.KindDecl) symbol.decl()).doc(), checker.globals.fields(symbol));
    }

    private RoleDef role(Symbol symbol) {
        Decl.RoleDecl role = (Decl.RoleDecl) symbol.decl();
        return new RoleDef(
                symbol.name(), symbol.span(), role.doc(), checker.globals.params(symbol),
                checker.tasks.tasks(role.tasks(), checker.globals.withParams(symbol).effect(Effect.FACTS).at(Scope.NodeView.ANY)));
    }
}
