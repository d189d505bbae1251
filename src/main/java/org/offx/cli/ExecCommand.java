package org.offx.cli;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.offx.cli.Usage.Arguments;
import org.offx.observe.Fleet;
import org.offx.observe.SideBySide;
import org.offx.plan.ExitStatus;
import org.offx.remote.Answer;
import org.offx.remote.Attempt;
import org.offx.remote.ConnectionLost;
import org.offx.remote.Failure;
import org.offx.remote.Mode;
import org.offx.remote.Request;
import org.offx.remote.Session;
import org.offx.render.Visible;
import org.offx.value.Command;

/** {@code offx exec 'uptime' on cluster}: one command on many nodes, with the same connections as everything else. */
final class ExecCommand implements org.offx.cli.Command {

    private static final List<String> USUAL_INVENTORIES = List.of("inventory.offx", "playbooks/inventory.offx");

    /** What came of it on one node. */
    private record Result(String text, ExitStatus status) {}

    @Override
    public Usage usage() {
        return Usage.of("exec", "Runs one command on many nodes, side by side, and shows what each says.")
                .taking(Arguments.many("'COMMAND' on NODE...", 3, "A command for sh, the word `on`, and names of nodes or groups."))
                .with(Options.value("-i --inventory", "FILE", "Where the nodes are declared (default: inventory.offx, playbooks/inventory.offx)."))
                .with(Options.value("--timeout", "SECONDS", "When to give up on a node (default: 60)."))
                .with(Options.connecting());
    }

    @Override
    public ExitStatus run(Given given, Io io) throws Wrong {
        List<String> words = given.arguments();
        if (!words.get(1).equals("on")) {
            throw new Wrong("write the command in quotes, then `on`, then nodes: offx exec 'uptime' on cluster");
        }
        for (String name : words.subList(2, words.size())) {
            if (name.endsWith(".offx")) {
                throw new Wrong("behind `on` stand nodes; the file that declares them is given by --inventory " + name);
            }
        }
        Optional<Playbook> loaded = Playbook.load(List.of(inventory(given, io)), io);
        if (loaded.isEmpty()) {
            return ExitStatus.WRONG;
        }
        Set<String> nodes = new LinkedHashSet<>();
        for (String name : words.subList(2, words.size())) {
            nodes.addAll(Planning.nodes(loaded.get(), name.replace(",", "")));
        }
        Map<String, Result> results = new ConcurrentHashMap<>();
        try (Fleet fleet = Planning.fleet(loaded.get(), given, io)) {
            Duration limit = limit(given);
            new SideBySide(Options.window(given)).each(List.copyOf(nodes), node -> results.put(node, on(fleet, node, words.getFirst(), limit)));
        }
        nodes.forEach(node -> io.out().print(io.terminal() ? harmless(results.get(node).text()) : results.get(node).text()));
        return Stream.of(ExitStatus.FAILED, ExitStatus.UNREACHABLE)
                .filter(status -> results.values().stream().anyMatch(result -> result.status() == status))
                .findFirst()
                .orElse(ExitStatus.DONE);
    }

    /** What a node says could move the cursor of a terminal, or more. */
    private static String harmless(String text) {
        return text.lines().map(line -> Visible.of(line.replace("\t", "    ")) + "\n").collect(Collectors.joining());
    }

    private static Result on(Fleet fleet, String node, String text, Duration limit) {
        return switch (fleet.session(node)) {
            case Attempt.Failed<Session>(Failure failure) ->
                new Result(node + "  unreachable: " + failure.sentence() + "\n", ExitStatus.UNREACHABLE);
            case Attempt.Reached<Session>(Session session) -> on(session, text, limit);
        };
    }

    private static Result on(Session session, String text, Duration limit) {
        String node = session.node();
        try {
            Request request = new Request.Exec(Command.of("sh", "-c", text), limit);
            return switch (session.exchange(List.of(request), Mode.ALL).getFirst()) {
                case Answer.Done done -> new Result(
                        lines(node, done.stdout().text(), done.stderr().text(), done.status() == 0 ? "" : "status " + done.status()),
                        done.status() == 0 ? ExitStatus.DONE : ExitStatus.FAILED);
                case Answer.TimedOut late -> new Result(
                        lines(node, late.stdout().text(), late.stderr().text(), "no end after " + limit.toSeconds() + " s"), ExitStatus.FAILED);
                case Answer other -> new Result(node + "  it could not be started: " + other + "\n", ExitStatus.FAILED);
            };
        } catch (ConnectionLost lost) {
            return new Result(node + "  " + lost.getMessage() + ": whether the command ran to its end is unknown\n", ExitStatus.FAILED);
        }
    }

    private static String lines(String node, String out, String err, String end) {
        List<String> lines = new ArrayList<>(out.lines().toList());
        err.lines().forEach(line -> lines.add("! " + line));
        if (!end.isEmpty()) {
            lines.add("(" + end + ")");
        }
        return lines.isEmpty() ? node + "\n" : String.join("", lines.stream().map(line -> node + "  " + line + "\n").toList());
    }

    private static Duration limit(Given given) throws Wrong {
        String seconds = given.text("--timeout").orElse("60");
        if (!seconds.matches("[1-9][0-9]{0,5}")) {
            throw new Wrong("--timeout is a number of seconds, such as 90, not `" + seconds + "`");
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    private static String inventory(Given given, Io io) throws Wrong {
        return given.text("--inventory")
                .or(() -> USUAL_INVENTORIES.stream().filter(name -> Files.exists(io.directory().resolve(name))).findFirst())
                .orElseThrow(() -> new Wrong("which nodes are there? name a file that declares them: --inventory FILE"));
    }
}
