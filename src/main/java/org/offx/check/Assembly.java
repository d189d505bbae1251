package org.offx.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.offx.check.Definition.ActionDef;
import org.offx.check.Definition.EnumDef;
import org.offx.check.Definition.FactDef;
import org.offx.check.Definition.FnDef;
import org.offx.check.Definition.GroupDef;
import org.offx.check.Definition.KindDef;
import org.offx.check.Definition.LetDef;
import org.offx.check.Definition.NodeDef;
import org.offx.check.Definition.PlayDef;
import org.offx.check.Definition.RefinementDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Definition.RoleDef;
import org.offx.check.Definition.RuleDef;
import org.offx.check.Definition.StructDef;
import org.offx.check.Definition.TestDef;
import org.offx.check.Names.Space;
import org.offx.check.Scope.Effect;
import org.offx.text.Source;
import org.offx.tree.Decl;

/** Checks every declaration of every file, and puts the definitions together. */
final class Assembly {

    private final Checker checker;
    private final SequencedMap<String, LetDef> lets = new LinkedHashMap<>();
    private final SequencedMap<String, FnDef> functions = new LinkedHashMap<>();
    private final SequencedMap<String, FactDef> facts = new LinkedHashMap<>();
    private final SequencedMap<String, StructDef> structs = new LinkedHashMap<>();
    private final SequencedMap<String, EnumDef> enums = new LinkedHashMap<>();
    private final SequencedMap<String, RefinementDef> refinements = new LinkedHashMap<>();
    private final SequencedMap<String, KindDef> kinds = new LinkedHashMap<>();
    private final SequencedMap<String, NodeDef> nodes = new LinkedHashMap<>();
    private final SequencedMap<String, GroupDef> groups = new LinkedHashMap<>();
    private final SequencedMap<String, ResourceDef> resources = new LinkedHashMap<>();
    private final SequencedMap<String, ActionDef> actions = new LinkedHashMap<>();
    private final SequencedMap<String, RoleDef> roles = new LinkedHashMap<>();
    private final List<PlayDef> plays = new ArrayList<>();
    private final List<RuleDef> rules = new ArrayList<>();
    private final List<TestDef> tests = new ArrayList<>();

    Assembly(Checker checker) {
        this.checker = checker;
    }

    Program program(List<Source> roots) {
        List<Unit> units = checker.modules.units();
        for (Unit unit : units) {
            for (Space space : Space.values()) {
                unit.own().in(space).values().forEach(this::define);
            }
        }
        Set<Unit> playbook = new LinkedHashSet<>();
        roots.forEach(root -> checker.modules.unit(root).ifPresent(unit -> reach(unit, playbook)));
        for (Unit unit : units) {
            if (playbook.contains(unit)) {
                unit.tree().declarations().forEach(decl -> playbook(decl, unit));
            }
        }
        conditions();
        return new Program(
                lets, functions, facts, structs, enums, refinements, kinds, nodes, groups, resources, actions, roles,
                List.copyOf(plays), List.copyOf(rules), List.copyOf(tests),
                units.stream().map(Unit::source).toList());
    }

    /** A file, and what it uses without giving it a name. */
    private static void reach(Unit unit, Set<Unit> reached) {
        if (reached.add(unit)) {
            unit.merged().forEach(merged -> reach(merged.unit(), reached));
        }
    }

    private void define(Symbol symbol) {
        String name = symbol.name();
        switch (symbol.decl()) {
            case Decl.LetDecl ignored -> lets.put(
                    name,
                    new LetDef(name, symbol.span(), checker.globals.letType(symbol), checker.globals.value(symbol)));
            case Decl.FnDecl fn -> functions.put(
                    name,
                    new FnDef(
                            name, symbol.span(), fn.doc(), fn.probe(), checker.globals.params(symbol),
                            checker.globals.result(symbol), checker.globals.value(symbol)));
            case Decl.FactDecl fact -> facts.put(
                    name,
                    new FactDef(
                            name, symbol.span(), fact.doc(), checker.globals.params(symbol),
                            checker.typeReader.read(fact.type(), symbol.unit()), checker.globals.value(symbol)));
            case Decl.GroupDecl group -> groups.put(
                    name, new GroupDef(name, symbol.span(), group.doc(), checker.globals.value(symbol)));
            case Decl.NodeDecl ignored -> nodes.put(name, checker.nodes.node(symbol));
            case Decl.StructDecl struct -> structs.put(
                    name, new StructDef(name, symbol.span(), struct.doc(), checker.globals.fields(symbol)));
            case Decl.EnumDecl declared -> enums.put(
                    name, new EnumDef(name, symbol.span(), declared.doc(), checker.globals.members(symbol)));
            case Decl.KindDecl kind -> kinds.put(
                    name, new KindDef(name, symbol.span(), kind.doc(), checker.globals.fields(symbol)));
            case Decl.TypeAlias ignored -> checker.shapes.type(symbol);
            case Decl.ResourceDecl ignored -> resources.put(name, checker.resources.resource(symbol));
            case Decl.ActionDecl ignored -> actions.put(name, checker.resources.action(symbol));
            case Decl.RoleDecl role -> roles.put(
                    name,
                    new RoleDef(
                            name, symbol.span(), role.doc(), checker.globals.params(symbol),
                            checker.tasks.tasks(
                                    role.tasks(),
                                    checker.globals.withParams(symbol).effect(Effect.FACTS).at(Scope.NodeView.ANY))));
            case Decl.Use ignored -> {}
            case Decl.PlayDecl ignored -> {}
            case Decl.RuleDecl ignored -> {}
            case Decl.TestDecl ignored -> {}
            case Decl.Broken ignored -> {}
        }
    }

    /** What belongs to a playbook and has no name: plays, rules, tests. */
    private void playbook(Decl decl, Unit unit) {
        switch (decl) {
            case Decl.PlayDecl play -> plays.add(checker.plays.play(play, unit));
            case Decl.RuleDecl rule -> checker.rules.rule(rule, unit).ifPresent(rules::add);
            case Decl.TestDecl test -> tests.add(checker.rules.test(test, unit));
            default -> {}
        }
    }

    /** The conditions of refined types; checking one may bring up others. */
    private void conditions() {
        Map<String, Refinement> done = new LinkedHashMap<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Refinement refinement : checker.shapes.refinements()) {
                if (done.put(refinement.name(), refinement) == null) {
                    refinements.put(refinement.name(), checker.globals.refinement(refinement));
                    more = true;
                }
            }
        }
    }
}
