package org.offx.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.check.Check;
import org.offx.check.Checked;
import org.offx.check.Program;
import org.offx.eval.Evaluated;
import org.offx.eval.Evaluation;
import org.offx.eval.Facts;
import org.offx.text.Diagnostic;
import org.offx.text.DiagnosticText;
import org.offx.text.Source;
import org.offx.text.Sources;

/**
 * The files of a playbook, checked without any node: parsed, resolved, typed, and evaluated for every node.
 *
 * @param texts of all files of the playbook, by name; not the standard library's
 */
record Playbook(
        List<String> entries,
        Program program,
        Evaluation evaluation,
        Evaluated evaluated,
        List<Diagnostic> warnings,
        SequencedMap<String, String> texts) {

    /** Loads and checks; prints what is wrong. Empty where it is wrong. */
    static Optional<Playbook> load(List<String> files, Io io) throws Command.Wrong {
        FileSources sources = new FileSources(io.directory());
        List<Source> roots = new ArrayList<>();
        for (String file : files) {
            roots.add(sources.named(file));
        }
        return load(files, roots, sources, sources.texts(), io);
    }

    static Optional<Playbook> load(
            List<String> entries, List<Source> roots, Sources sources, SequencedMap<String, String> texts, Io io) {
        Checked checked = Check.program(roots, sources);
        if (checked.diagnostics().stream().anyMatch(Diagnostic::isError)) {
            print(checked.diagnostics(), io);
            return Optional.empty();
        }
        Evaluation evaluation = new Evaluation(checked.program(), sources);
        Evaluated evaluated = evaluation.catalog(Facts.UNKNOWN);
        List<Diagnostic> all = new ArrayList<>(checked.diagnostics());
        all.addAll(evaluated.diagnostics());
        if (evaluated.hasErrors()) {
            print(all, io);
            return Optional.empty();
        }
        return Optional.of(new Playbook(entries, checked.program(), evaluation, evaluated, all, texts));
    }

    /** What a plan says of the warnings: each drawn as text. */
    List<String> drawnWarnings(int width) {
        return warnings.stream().map(warning -> DiagnosticText.of(warning, width).strip()).toList();
    }

    String title() {
        return String.join(" ", entries);
    }

    /** More are no help: most of them will go with the first. */
    private static final int PRINTED = 100;

    static void print(List<Diagnostic> diagnostics, Io io) {
        int more = diagnostics.size() - PRINTED;
        io.err().print(DiagnosticText.of(more > 0 ? diagnostics.subList(0, PRINTED) : diagnostics, io.width()));
        if (more > 0) {
            io.err().println();
            io.problem("and " + count(more, "mistake") + " more");
        }
    }

    /** {@code 1 node}, {@code 3 plays}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    Map<String, String> sources() {
        return texts;
    }
}
