package org.offx.cli;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.offx.cli.Command.Wrong;
import org.offx.plan.ExitStatus;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** From words of a command line to the command that they mean. */
public final class Offx {

    private static final String NAME = "offx";

    private Offx() {}

    /** Runs one command. User errors are told in a sentence; anything else that is thrown is a bug of offx. */
    public static ExitStatus run(List<String> words, Io io) {
        String name = words.isEmpty() ? "help" : words.getFirst();
        List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
        return switch (name) {
            case "help", "--help", "-h" -> help(rest, io);
            case "version", "--version" -> {
                io.out().println(NAME + " " + Optional.ofNullable(Offx.class.getPackage().getImplementationVersion()).orElse("(not built)"));
                yield ExitStatus.DONE;
            }
            default -> call(name, rest, io);
        };
    }

    private static ExitStatus call(String name, List<String> words, Io io) {
        Commands.Entry entry = Commands.all().get(name);
        if (entry == null) {
            io.problem("there is no command `" + name + "`"
                    + nearest(name).map(n -> "; did you mean `" + n + "`?").orElse("") + " (`offx help` lists them)");
            return ExitStatus.WRONG;
        }
        Command command = entry.command().get();
        CommandSpec spec = command.spec();
        CommandLine line = new CommandLine(spec);
        try {
            ParseResult given = line.parseArgs(words.toArray(String[]::new));
            if (given.isUsageHelpRequested()) {
                io.out().print(usage(line, io));
                return ExitStatus.DONE;
            }
            return command.run(given, io);
        } catch (ParameterException wrong) {
            io.problem(sentence(wrong));
            io.err().println("      `offx " + name + " --help` says what it takes");
            return ExitStatus.WRONG;
        } catch (Wrong wrong) {
            io.problem(String.valueOf(wrong.getMessage()));
            return ExitStatus.WRONG;
        } catch (UncheckedIOException broken) {
            io.problem(String.valueOf(broken.getMessage()));
            return ExitStatus.WRONG;
        }
    }

    private static String sentence(ParameterException wrong) {
        String message = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
        return message.isEmpty() ? "this cannot be understood" : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String usage(CommandLine line, Io io) {
        line.setUsageHelpWidth(Math.clamp(io.width(), 60, 120));
        return line.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    private static ExitStatus help(List<String> topic, Io io) {
        if (topic.isEmpty()) {
            io.out().print(overview());
            return ExitStatus.DONE;
        }
        String name = topic.getFirst();
        if (name.equals("exit-codes")) {
            io.out().print(ExitStatus.table());
            return ExitStatus.DONE;
        }
        Commands.Entry entry = Commands.all().get(name);
        if (entry == null) {
            io.problem("there is no help on `" + name + "`; `offx help` lists the commands");
            return ExitStatus.WRONG;
        }
        io.out().print(usage(new CommandLine(entry.command().get().spec()), io));
        return ExitStatus.DONE;
    }

    private static String overview() {
        StringBuilder text = new StringBuilder("offx: infrastructure as a checked description, applied over SSH\n\nusage: offx COMMAND …\n\n");
        Commands.all().forEach((name, entry) -> text.append("  %-9s %s%n".formatted(name, entry.summary())));
        return text.append("\n`offx help COMMAND` says more; `offx help exit-codes` lists what commands end with\n").toString();
    }

    private static Optional<String> nearest(String name) {
        return Commands.all().keySet().stream()
                .filter(known -> new LevenshteinDistance(2).apply(name, known) >= 0)
                .findFirst();
    }
}
