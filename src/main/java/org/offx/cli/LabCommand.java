package org.offx.cli;

import java.io.IOException;
import java.util.List;
import org.offx.cli.Usage.Arguments;
import org.offx.lab.Lab;
import org.offx.lab.LabException;
import org.offx.lab.LabNode;
import org.offx.lab.LabOptions;
import org.offx.lab.LabStatus;
import org.offx.lab.Via;
import org.offx.plan.ExitStatus;

/** {@code offx lab}: nodes on this machine to try things on. */
final class LabCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of("lab",
                        "Nodes ovh1 to ovh4 on this machine, each with an SSH server, a root and a network of its own.",
                        "  up [N]      start them (4 unless said), and say how to reach them",
                        "  status      say what runs",
                        "  ssh NODE    log in to one",
                        "  down        stop them and remove all that they left")
                .taking(new Arguments("up [N] | status | ssh NODE | down", 1, 2, ""))
                .with(Options.value("--name", "NAME", "Which lab, where there are several (default: lab)."))
                .with(Options.value("--via", "ipv4|ipv6", "How SSH reaches the nodes (default: ipv4)."));
    }

    @Override
    public ExitStatus run(Given given, Io io) throws Wrong {
        List<String> words = given.arguments();
        String name = given.text("--name").orElse("lab");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new Wrong("a lab is called by letters, digits, `.`, `_` and `-`, not `" + name + "`");
        }
        if (words.size() > 1 && !List.of("up", "ssh").contains(words.getFirst())) {
            throw new Wrong("`offx lab " + words.getFirst() + "` takes nothing else, and is for the whole lab: not `" + words.get(1) + "`");
        }
        try {
            return switch (words.getFirst()) {
                case "up" -> up(name, words, given, io);
                case "status" -> status(name, io);
                case "ssh" -> ssh(name, words, io);
                case "down" -> {
                    Lab.down(Lab.directoryOf(name));
                    yield ExitStatus.DONE;
                }
                default -> throw new Wrong("`offx lab` takes up, status, ssh or down, not `" + words.getFirst() + "`");
            };
        } catch (LabException impossible) {
            io.problem(String.valueOf(impossible.getMessage()));
            return ExitStatus.FAILED;
        }
    }

    private static ExitStatus up(String name, List<String> words, Given given, Io io) throws Wrong, LabException {
        String count = words.size() > 1 ? words.get(1) : "4";
        if (!count.matches("[1-4]")) {
            throw new Wrong("a lab has one to four nodes, not `" + count + "`");
        }
        Via via = switch (given.text("--via").orElse("ipv4")) {
            case "ipv4" -> Via.IPV4;
            case "ipv6" -> Via.IPV6;
            default -> throw new Wrong("--via is ipv4 or ipv6");
        };
        Lab lab = Lab.up(LabOptions.named(name)
                .withNodes(Integer.parseInt(count))
                .withVia(via)
                .staying()
                .withEvents(event -> io.progress(event.who() + ": " + event.text())));
        LabSeed.plant(lab);
        io.out().println("reach the nodes with:  offx plan -F " + lab.sshConfig() + " playbooks/cluster.offx");
        io.out().println("or log in with:        " + command(name, "ssh " + lab.nodes().getFirst().name()));
        return ExitStatus.DONE;
    }

    private static ExitStatus status(String name, Io io) throws LabException {
        return switch (Lab.status(Lab.directoryOf(name))) {
            case LabStatus.Absent absent -> said(io, "there is no lab");
            case LabStatus.Dead dead -> said(io, "the lab is dead: `" + command(name, "down") + "` removes what is left");
            case LabStatus.Starting starting -> said(io, "the lab is starting");
            case LabStatus.Up(var nodes) -> {
                nodes.forEach(node -> io.out().println(node.node().name() + "  "
                        + (node.answers() ? "answers on 127.0.0.1:" + node.node().port() : node.runs() ? "runs, and does not answer" : "is down")));
                yield ExitStatus.DONE;
            }
        };
    }

    /** What is to be typed for this lab. */
    private static String command(String name, String words) {
        return "offx lab " + (name.equals("lab") ? "" : "--name " + name + " ") + words;
    }

    private static ExitStatus said(Io io, String text) {
        io.out().println(text);
        return ExitStatus.DONE;
    }

    private static ExitStatus ssh(String name, List<String> words, Io io) throws Wrong, LabException {
        Lab lab = Lab.open(Lab.directoryOf(name));
        List<String> nodes = lab.nodes().stream().map(LabNode::name).toList();
        if (words.size() < 2 || !nodes.contains(words.get(1))) {
            throw new Wrong("which node? " + String.join(", ", nodes));
        }
        try {
            return new ProcessBuilder(lab.sshCommand(words.get(1))).inheritIO().start().waitFor() == 0
                    ? ExitStatus.DONE
                    : ExitStatus.FAILED;
        } catch (IOException broken) {
            io.problem("ssh cannot be started: " + broken.getMessage());
            return ExitStatus.FAILED;
        } catch (InterruptedException interrupted) {
            return ExitStatus.INTERRUPTED;
        }
    }
}
