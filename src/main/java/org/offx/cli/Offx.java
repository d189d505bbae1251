package org.offx.cli;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.offx.check.Nearest;
import org.offx.cli.Command.Wrong;
import org.offx.plan.ExitStatus;

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
                    + Nearest.of(name, Commands.all().keySet()).map(n -> "; did you mean `" + n + "`?").orElse("") + " (`offx help` lists them)");
            return ExitStatus.WRONG;
        }
        try {
            return call(entry.command().get(), words, io);
        } catch (Wrong wrong) {
            io.problem(String.valueOf(wrong.getMessage()));
            return ExitStatus.WRONG;
        } catch (UncheckedIOException broken) {
            io.problem(String.valueOf(broken.getMessage()));
            return ExitStatus.WRONG;
        }
    }

    private static ExitStatus call(Command command, List<String> words, Io io) throws Wrong {
        Usage usage = command.usage();
        Given given;
        try {
            given = Parser.parse(usage, words);
        } catch (Wrong wrong) {
            throw new Wrong(wrong.getMessage() + "\n      `offx " + usage.command() + " --help` says what it takes");
        }
        if (given.has(Options.HELP.name())) {
            io.out().print(UsageText.of(usage, io.width()));
            return ExitStatus.DONE;
        }
        return command.run(given, io);
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
        io.out().print(UsageText.of(entry.command().get().usage(), io.width()));
        return ExitStatus.DONE;
    }

    private static String overview() {
        StringBuilder text = new StringBuilder("offx: infrastructure as a checked description, applied over SSH\n\nusage: offx COMMAND …\n\n");
        Commands.all().forEach((name, entry) -> text.append("  %-9s %s%n".formatted(name, entry.summary())));
        return text.append("\n`offx help COMMAND` says more; `offx help exit-codes` lists what commands end with\n").toString();
    }
}
