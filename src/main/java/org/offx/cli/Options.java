package org.offx.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.offx.render.Detail;
import org.offx.render.Render.Format;
import org.offx.render.Style;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Options that several commands share, so that they are called and mean the same everywhere. */
final class Options {

    private Options() {}

    static CommandSpec command(String name, String... description) {
        CommandSpec spec = CommandSpec.create().name("offx " + name);
        spec.usageMessage().description(description).abbreviateSynopsis(false).sortOptions(false).optionListHeading("%nOptions:%n");
        spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this text.").build());
        return spec;
    }

    static PositionalParamSpec files(String what) {
        return PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("1..*")
                .type(List.class)
                .auxiliaryTypes(Path.class)
                .description(what)
                .build();
    }

    static OptionSpec value(String name, String label, String description) {
        return OptionSpec.builder(name.split(" ")).paramLabel(label).type(String.class).description(description).build();
    }

    static OptionSpec values(String name, String label, String description) {
        return OptionSpec.builder(name.split(" "))
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .splitRegex(",")
                .description(description)
                .build();
    }

    /** Given again and again; unlike {@link #values}, commas belong to the value. */
    static OptionSpec repeated(String name, String label, String description) {
        return OptionSpec.builder(name.split(" "))
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name.split(" ")).arity("0").type(boolean.class).description(description).build();
    }

    /** How nodes are reached. */
    static void connecting(CommandSpec spec) {
        spec.addOption(value("-F --ssh-config", "FILE", "Read this SSH configuration instead of ~/.ssh/config."));
        spec.addOption(value("--window", "N", "How many nodes are worked on at a time (default: 32)."));
    }

    /** Which part of a playbook. */
    static void selecting(CommandSpec spec) {
        spec.addOption(values("--limit", "NODE", "Only these nodes or groups."));
        spec.addOption(values("--tags", "TAG", "Only plays and tasks with one of these tags."));
    }

    /** How the result looks. */
    static void rendering(CommandSpec spec) {
        spec.addOption(value("--format", "FORMAT", "text, markdown or json (default: text)."));
        spec.addOption(value("--diff", "HOW", "full, short or none (default: full)."));
    }

    static boolean has(ParseResult given, String flag) {
        return given.matchedOptionValue(flag, false);
    }

    static Optional<String> text(ParseResult given, String option) {
        return Optional.ofNullable(given.matchedOptionValue(option, (String) null));
    }

    static List<String> list(ParseResult given, String option) {
        return given.matchedOptionValue(option, List.<String>of());
    }

    static List<Path> paths(ParseResult given) {
        return given.matchedPositionalValue(0, List.<Path>of());
    }

    static Format format(ParseResult given) throws Command.Wrong {
        String format = text(given, "--format").orElse("text");
        return switch (format) {
            case "text" -> Format.TEXT;
            case "markdown", "md" -> Format.MARKDOWN;
            case "json" -> Format.JSON;
            default -> throw new Command.Wrong("there is no format `" + format + "`: text, markdown or json");
        };
    }

    static Style style(ParseResult given, Io io) throws Command.Wrong {
        String how = text(given, "--diff").orElse("full");
        Detail detail = switch (how) {
            case "full" -> Detail.FULL;
            case "short" -> Detail.SHORT;
            case "none" -> Detail.NONE;
            default -> throw new Command.Wrong("--diff is full, short or none, not `" + how + "`");
        };
        return new Style(io.width(), io.colour(), detail);
    }

    static int window(ParseResult given) throws Command.Wrong {
        String text = text(given, "--window").orElse("32");
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw new Command.Wrong("--window is a number of nodes from 1 to 9999, not `" + text + "`");
        }
        return Integer.parseInt(text);
    }
}
