package org.offx.eval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.offx.check.Term;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.value.Command;
import org.offx.value.Value;

/** What reads nodes. */
final class Probing {

    /** How long a probe may take unless it says otherwise. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int LINES_OF_AN_ERROR = 3;

    private Probing() {}

    static Value value(Term.Probe probe, Scope scope) {
        Value command = Terms.value(probe.command(), scope);
        Value on = probe.on().map(term -> Terms.value(term, scope)).orElseGet(() -> new Value.NodeName(here(probe.span(), scope)));
        Value limit = probe.timeout().map(term -> Terms.value(term, scope)).orElse(new Value.Time(PATIENCE));
        Optional<Value.Unknown> unknown = Unknowns.in(List.of(command, on, limit));
        if (unknown.isPresent()) {
            throw new NoAnswer(new Undecided.Awaits(unknown.get().origin()));
        }
        String node = ((Value.NodeName) on).name();
        Command asked = ((Value.CommandLine) command).command();
        return switch (probes(scope).run(node, asked, ((Value.Time) limit).value())) {
            case Reading.Output output -> accepted(probe, asked, node, output, scope);
            case Reading.NotInstalled(String program) -> throw new NoAnswer(new Undecided.NotInstalled(program));
            case Reading.TimedOut(Duration after) -> throw new NoAnswer(new Undecided.TimedOut("`" + asked.shown() + "`", after));
            case Reading.Unavailable(String why) -> throw new NoAnswer(new Undecided.Unavailable(why));
            case Reading.File file -> throw new IllegalStateException("a command was answered with a file");
            case Reading.NoFile none -> throw new IllegalStateException("a command was answered with a file");
        };
    }

    private static Value accepted(Term.Probe probe, Command asked, String node, Reading.Output output, Scope scope) {
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        fields.put("out", new Value.Text(output.out()));
        fields.put("err", new Value.Text(output.err()));
        fields.put("status", new Value.Int(output.status()));
        fields.put("ok", new Value.Bool(output.status() == 0));
        Value answer = new Value.Struct("", fields);
        boolean accepted = output.status() == 0
                || probe.accepted().contains(output.status())
                        && probe.when()
                                .map(when -> Terms.condition(when, scope.with("it", answer)).orElse(false))
                                .orElse(true);
        if (accepted) {
            return answer;
        }
        Diagnostic failed = Diagnostic.error(
                Code.EVALUATION, probe.span(), "`" + asked.shown() + "` ended with status " + output.status() + " on " + node);
        for (String line : firstLines(output.err().isBlank() ? output.out() : output.err())) {
            failed = failed.note(line);
        }
        throw new NoAnswer(new Undecided.Failed(failed));
    }

    private static List<String> firstLines(String text) {
        return text.lines().filter(line -> !line.isBlank()).limit(LINES_OF_AN_ERROR).toList();
    }

    static Value file(Call call) {
        Value path = call.argument(0);
        String node = here(call.term().span(), call.scope());
        return switch (probes(call.scope()).file(node, call.text(0))) {
            case Reading.File file -> state(file);
            case Reading.NoFile none -> Value.Nothing.NULL;
            case Reading.TimedOut(Duration after) -> throw new NoAnswer(
                    new Undecided.TimedOut("the question what " + ((Value.Path) path).text() + " is", after));
            case Reading.Unavailable(String why) -> throw new NoAnswer(new Undecided.Unavailable(why));
            case Reading.NotInstalled(String program) -> throw new NoAnswer(new Undecided.NotInstalled(program));
            case Reading.Output output -> throw new IllegalStateException("a file was answered with a command's output");
        };
    }

    private static Value state(Reading.File file) {
        boolean readable = file.kind().equals("file") && !file.binary();
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        fields.put("kind", new Value.Text(file.kind()));
        fields.put("text", readable ? new Value.Text(file.text()) : Value.Nothing.NULL);
        fields.put("mode", new Value.Mode(file.mode()));
        fields.put("owner", new Value.Text(file.owner()));
        fields.put("group", new Value.Text(file.group()));
        fields.put("size", new Value.Size(file.size()));
        fields.put("target", file.kind().equals("link") ? new Value.Text(file.target()) : Value.Nothing.NULL);
        return new Value.Struct("", fields);
    }

    /** A part of an evaluation. */
    record Part<T>(boolean reads, Supplier<T> value) {}

    /** The values of parts that do not need each other. Those that read a node do so at the same time. */
    static <T> List<T> sideBySide(List<Part<T>> parts, Scope scope) {
        if (scope.probes().isEmpty() || parts.stream().filter(Part::reads).count() < 2) {
            List<T> values = new ArrayList<>(parts.size());
            parts.forEach(part -> values.add(part.value().get()));
            return values;
        }
        Probes probes = scope.probes().get();
        List<Supplier<T>> later = new ArrayList<>(parts.size());
        for (Part<T> part : parts) {
            if (part.reads()) {
                Probes.Branch<T> branch = probes.fork(part.value());
                later.add(branch::get);
            } else {
                later.add(part.value());
            }
        }
        List<T> values = new ArrayList<>(parts.size());
        later.forEach(part -> values.add(part.get()));
        return values;
    }

    /** What a function gives of each element; where it reads a node, of all of them at the same time. */
    static <E, T> List<T> each(List<E> elements, boolean reads, Function<E, T> function, Scope scope) {
        if (reads) {
            return sideBySide(elements.stream().map(each -> new Part<>(true, () -> function.apply(each))).toList(), scope);
        }
        List<T> values = new ArrayList<>(elements.size());
        elements.forEach(each -> values.add(function.apply(each)));
        return values;
    }

    private static String here(Span probe, Scope scope) {
        return scope.node().orElseThrow(() -> EvalFailure.nowhere(probe));
    }

    private static Probes probes(Scope scope) {
        return scope.probes().orElseThrow(() -> new IllegalStateException("a probe where none may stand: the checker let it through"));
    }
}
