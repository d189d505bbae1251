package org.offx.repl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.offx.check.Check;
import org.offx.check.Checked;
import org.offx.check.Definition.PlayDef;
import org.offx.check.Program;
import org.offx.check.Sight;
import org.offx.eval.Evaluation;
import org.offx.syntax.Syntax;
import org.offx.text.Diagnostic;
import org.offx.text.Source;
import org.offx.text.Sources;
import org.offx.tree.Decl;

/** A document that was checked, ready to be evaluated. Its program has the staged plays only, not those of the files. */
record Workspace(Document document, Sources sources, Program program, Evaluation evaluation, Sight sight, List<Diagnostic> diagnostics) {

    static Workspace of(Document document, Sources sources) {
        Checked checked = Check.program(List.of(document.source()), sources);
        Program program = with(checked.program(), checked.program().plays().stream().filter(Workspace::isTyped).toList());
        return new Workspace(
                document, sources, program, new Evaluation(program, sources), checked.sight(), checked.diagnostics());
    }

    /** The modules of the library that the files use: a playbook's names for them hold at the prompt too. */
    static List<String> modules(List<String> files, Sources sources) {
        Source prompt = new Source(Document.NAME, "");
        Set<String> modules = new LinkedHashSet<>();
        for (String file : files) {
            sources.relative(prompt, file).ifPresent(source -> {
                for (Decl declaration : Syntax.parse(source).file().declarations()) {
                    if (declaration instanceof Decl.Use(var span, var used)) {
                        used.stream().filter(m -> !m.file() && m.alias().isEmpty()).forEach(m -> modules.add(m.name()));
                    }
                }
            });
        }
        return List.copyOf(modules);
    }

    boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }

    /** What is wrong here and was not in a former state. */
    List<Diagnostic> since(Workspace former) {
        List<Diagnostic> news = new ArrayList<>(diagnostics);
        news.removeIf(one -> former.diagnostics().stream().anyMatch(old -> old.message().equals(one.message())));
        return news;
    }

    /** The same definitions with other plays. */
    Workspace planning(List<PlayDef> plays) {
        Program other = with(program, plays);
        return new Workspace(document, sources, other, new Evaluation(other, sources), sight, diagnostics);
    }

    /**
     * The session as a playbook. The plays of the files that it began with are not its business: where it makes sense with
     * only those files behind them that have no plays, it uses only those.
     *
     * @param named how the playbook names a file
     */
    String playbook(UnaryOperator<String> named) {
        List<String> without = new ArrayList<>();
        document.files().forEach(file -> withoutPlays(new Source(Document.NAME, ""), file, without, new HashSet<>()));
        Source alone = new Source(Document.NAME, document.playbook(without, UnaryOperator.identity()));
        boolean enough = !Check.program(List.of(alone), sources).hasErrors();
        return document.playbook(enough ? without : document.files(), named);
    }

    private void withoutPlays(Source from, String name, List<String> found, Set<String> seen) {
        Optional<Source> source = sources.relative(from, name);
        if (source.isEmpty() || !seen.add(source.get().name())) {
            return;
        }
        List<Decl> declarations = Syntax.parse(source.get()).file().declarations();
        if (declarations.stream().noneMatch(Decl.PlayDecl.class::isInstance)) {
            found.add(source.get().name());
            return;
        }
        for (Decl declaration : declarations) {
            if (declaration instanceof Decl.Use(var span, var modules)) {
                modules.stream()
                        .filter(module -> module.file() && module.alias().isEmpty())
                        .forEach(module -> withoutPlays(source.get(), module.name(), found, seen));
            }
        }
    }

    private static boolean isTyped(PlayDef play) {
        return play.span().source().name().equals(Document.NAME);
    }

    private static Program with(Program program, List<PlayDef> plays) {
        return new Program(
                program.lets(), program.functions(), program.facts(), program.structs(), program.enums(),
                program.refinements(), program.kinds(), program.nodes(), program.groups(), program.resources(),
                program.actions(), program.roles(), plays, program.rules(), program.tests(), program.sources());
    }
}
