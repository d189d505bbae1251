package org.offx.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.syntax.Parsed;
import org.offx.syntax.Syntax;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Source;
import org.offx.tree.Decl;
import org.offx.tree.SourceFile;

/** Loads the files of a playbook and what they use, each once; cyclic uses are nothing special. Refuses OFX0204. */
final class Modules {

    private final Checker checker;
    private final SequencedMap<String, Unit> units = new LinkedHashMap<>();
    private final Deque<Unit> unread = new ArrayDeque<>();
    private final Map<String, Unit> libraries = new LinkedHashMap<>();
    private Optional<Unit> prelude = Optional.empty();

    Modules(Checker checker) {
        this.checker = checker;
    }

    /** Loads all that the roots need, and the prelude. */
    void load(List<Source> roots) {
        prelude = library(Unit.PRELUDE, Unit.PRELUDE);
        roots.forEach(root -> unit(root, Optional.empty()));
        while (!unread.isEmpty()) {
            follow(unread.remove());
        }
    }

    /** In the order in which they were first used. */
    List<Unit> units() {
        return List.copyOf(units.values());
    }

    Optional<Unit> unit(Source source) {
        return Optional.ofNullable(units.get(source.name()));
    }

    Optional<Unit> prelude() {
        return prelude;
    }

    /** A file that is not there, and sees what all roots see. */
    Unit prompt(List<Source> roots) {
        Source nowhere = new Source("", "");
        Unit prompt = new Unit(new SourceFile(nowhere.span(0, 0), nowhere, List.of()), Optional.empty());
        for (Source root : roots) {
            Unit unit = units.get(root.name());
            unit.aliases().forEach(prompt.aliases()::putIfAbsent);
            for (Names.Space space : Names.Space.values()) {
                unit.visible().in(space).forEach(prompt.visible().in(space)::putIfAbsent);
            }
        }
        return prompt;
    }

    private Unit unit(Source source, Optional<String> module) {
        Unit known = units.get(source.name());
        if (known == null) {
            Parsed parsed = Syntax.parse(source);
            checker.problems.addAll(parsed.diagnostics());
            known = new Unit(parsed.file(), module);
            units.put(source.name(), known);
            unread.add(known);
        }
        return known;
    }

    private void follow(Unit unit) {
        unit.module().filter(m -> !unit.isPrelude()).ifPresent(m -> unit.aliases().put(lastPart(m), libraries.get(m)));
        for (Decl decl : unit.tree().declarations()) {
            if (decl instanceof Decl.Use use) {
                use.modules().forEach(module -> use(unit, module));
            }
        }
    }

    private void use(Unit unit, Decl.Module module) {
        if (!module.file()) {
            String path = module.name().replace('.', '/');
            String alias = module.alias().map(a -> a.text()).orElse(lastPart(path));
            library(path, path)
                    .ifPresentOrElse(target -> alias(unit, alias, target, module), () -> checker.problems.add(unknown(module)));
            return;
        }
        Optional<Source> source = checker.sources.relative(unit.source(), module.name());
        if (source.isEmpty()) {
            checker.problems.add(Diagnostic.error(
                            Code.UNKNOWN_MODULE, module.span(), "there is no file \"" + module.name() + "\"")
                    .note("it is looked for beside " + unit.source().name()));
            return;
        }
        Unit target = unit(source.get(), unit.module());
        if (module.alias().isPresent()) {
            alias(unit, module.alias().get().text(), target, module);
        } else {
            unit.merged().add(new Unit.Merged(target, module.span()));
        }
    }

    private void alias(Unit unit, String alias, Unit target, Decl.Module module) {
        Unit before = unit.aliases().putIfAbsent(alias, target);
        if (before != null && before != target) {
            checker.problems.add(Diagnostic.error(
                            Code.DUPLICATE_NAME, module.span(), "two modules are called `" + alias + "` here")
                    .note("give one another name: use … as other_" + alias));
        }
    }

    private Optional<Unit> library(String path, String module) {
        Unit known = libraries.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Source> source = checker.sources.library(path);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        Unit unit = unit(source.get(), Optional.of(module));
        libraries.put(path, unit);
        return Optional.of(unit);
    }

    private Diagnostic unknown(Decl.Module module) {
        Diagnostic diagnostic = Diagnostic.error(
                Code.UNKNOWN_MODULE, module.span(), "the standard library has no module `" + module.name() + "`");
        List<String> near = new ArrayList<>(checker.sources.modules());
        near.remove(Unit.PRELUDE);
        return Nearest.of(module.name(), near)
                .map(n -> diagnostic.note("did you mean `" + n + "`?"))
                .orElse(diagnostic)
                .note("a file of your own is used by its name in quotes: use \"" + module.name() + ".offx\"");
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
