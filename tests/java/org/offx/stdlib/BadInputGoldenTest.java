package org.offx.stdlib;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.offx.GoldenCase;
import org.offx.GoldenSuite;
import org.offx.check.Check;
import org.offx.check.Checked;
import org.offx.check.MemorySources;
import org.offx.eval.Evaluation;
import org.offx.eval.Reading;
import org.offx.observe.NodeReader;
import org.offx.observe.Preview;
import org.offx.observe.Question;
import org.offx.observe.SideBySide;
import org.offx.plan.Plan;
import org.offx.plan.Seal;
import org.offx.remote.Failure;
import org.offx.render.Detail;
import org.offx.render.Render;
import org.offx.render.Style;
import org.offx.text.Diagnostic;
import org.offx.text.DiagnosticText;

/**
 * What goes wrong most often, and all that somebody is told about it in the night: the mistakes of a playbook, or the
 * plan, where a node is the trouble. The case says what the nodes answer, and by which failure one cannot be reached.
 */
final class BadInputGoldenTest extends GoldenSuite {

    private static final int WIDTH = 100;

    private final Map<String, String> library = AnsweredPlay.library();

    BadInputGoldenTest() {
        super("bad-input");
    }

    @Override
    protected Map<String, String> outputs(GoldenCase given) {
        Map<String, String> files = new LinkedHashMap<>(library);
        files.put("main.offx", given.input("main.offx"));
        MemorySources sources = new MemorySources(files);
        Checked checked = Check.program(List.of(sources.file("main.offx").orElseThrow()), sources);
        if (!checked.diagnostics().isEmpty()) {
            return said(checked.diagnostics());
        }
        Plan.Request request = new Plan.Request(List.of("main.offx"), List.of(), List.of(), List.of());
        var nodes = new Troubled(
                RecordedAnswers.parse(given.optionalInput("answers").orElse("")), given.optionalInput("unreachable").orElse(""));
        var preview = new Preview(checked.program(), new Evaluation(checked.program(), sources), nodes, new SideBySide(4));
        return switch (preview.make(new Preview.Asked("main.offx", request, Map.of(), Optional.empty()), List.of(), Seal.of(new byte[32]))) {
            case Preview.Outcome.Refused(var diagnostics) -> said(diagnostics);
            case Preview.Outcome.Made made ->
                Map.of("said", Render.plan(made.plan(), Render.Format.TEXT, new Style(WIDTH, false, Detail.FULL)));
        };
    }

    private static Map<String, String> said(List<Diagnostic> diagnostics) {
        return Map.of("said", DiagnosticText.of(diagnostics, WIDTH));
    }

    /** Nodes of which some cannot be reached: a line of the case has the node's name and that of the failure. */
    private record Troubled(RecordedAnswers answers, Map<String, Failure> failures) implements NodeReader {

        Troubled(RecordedAnswers answers, String lines) {
            this(answers, new LinkedHashMap<>());
            lines.lines().map(line -> line.split(" ")).forEach(words -> failures.put(words[0], failure(words[0], words[1])));
        }

        @Override
        public List<Reading> ask(String node, List<Question> questions) {
            Optional<String> why = unreachable(node);
            return why.isEmpty()
                    ? answers.ask(node, questions)
                    : new ArrayList<>(questions.stream().map(question -> new Reading.Unavailable(why.get())).toList());
        }

        @Override
        public Optional<String> unreachable(String node) {
            return Optional.ofNullable(failures.get(node)).map(Failure::sentence);
        }

        private static Failure failure(String node, String name) {
            String address = "192.0.2.7 port 2222";
            String known = "~/.ssh/known_hosts";
            String offered = "SHA256:lCUzYP9C0I29UmOAP3r5UqRWITXR7U/FlSpjjorWAVk";
            return switch (name) {
                case "CannotResolve" -> new Failure.CannotResolve(node, node + ".example.org");
                case "ConnectTimedOut" -> new Failure.ConnectTimedOut(node, address, Duration.ofSeconds(15));
                case "ConnectionRefused" -> new Failure.ConnectionRefused(node, address);
                case "HostKeyUnknown" -> new Failure.HostKeyUnknown(
                        node, address, "ssh-ed25519", offered, List.of(known), "ssh -p 2222 ops@" + node + " true");
                case "HostKeyChanged" -> new Failure.HostKeyChanged(
                        node, address, "ssh-ed25519", offered, "SHA256:/WmQvSyt3OLwrKUmDh0V1egj6Sd6V0fq0QBVypVIIiI",
                        known + ":12", "ssh-keygen -f " + known + " -R '[192.0.2.7]:2222'");
                case "AuthFailed" -> new Failure.AuthFailed(
                        node, "ops", address, List.of("publickey"), List.of("~/.ssh/id_ed25519: refused"));
                case "SudoNeedsPassword" -> new Failure.SudoNeedsPassword(node, "ops");
                case "SudoDenied" -> new Failure.SudoDenied(node, "ops", "Sorry, user ops is not allowed to execute '/bin/sh' as root on web.");
                case "SudoMissing" -> new Failure.SudoMissing(node);
                case "NotAPosixShell" -> new Failure.NotAPosixShell(node, "ops", "This account is currently not available.");
                default -> throw new IllegalArgumentException("no such failure: " + name);
            };
        }
    }
}
