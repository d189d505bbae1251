package org.offx.cli;

import java.util.List;
import java.util.Optional;
import org.offx.cli.Usage.Arguments;
import org.offx.cli.Usage.Option;
import org.offx.cli.Usage.Takes;
import org.offx.render.Detail;
import org.offx.render.Render.Format;
import org.offx.render.Style;

/** Options that several commands share, so that they are called and mean the same everywhere. */
final class Options {

    static final Option HELP = flag("-h --help", "Show this text.");

    private Options() {}

    static Arguments files(String what) {
        return Arguments.many("FILE...", 1, what);
    }

    /** One value, once. */
    static Option value(String names, String label, String description) {
        return option(names, label, Takes.VALUE, description);
    }

    /** Values with commas between them, or one by one. */
    static Option values(String names, String label, String description) {
        return option(names, label, Takes.LIST, description);
    }

    /** Given again and again; unlike {@link #values}, commas belong to the value. */
    static Option repeated(String names, String label, String description) {
        return option(names, label, Takes.EACH, description);
    }

    static Option flag(String names, String description) {
        return option(names, "", Takes.NOTHING, description);
    }

    /** @param names {@code --state}, or with a letter before it, {@code -o --out} */
    private static Option option(String names, String label, Takes takes, String description) {
        int blank = names.indexOf(' ');
        return blank < 0
                ? new Option(names, Optional.empty(), label, takes, description)
                : new Option(names.substring(blank + 1), Optional.of(names.substring(0, blank)), label, takes, description);
    }

    /** How nodes are reached. */
    static List<Option> connecting() {
        return List.of(
                value("-F --ssh-config", "FILE", "Read this SSH configuration instead of ~/.ssh/config."),
                value("--window", "N", "How many nodes are worked on at a time (default: 32)."));
    }

    /** Which part of a playbook. */
    static List<Option> selecting() {
        return List.of(
                values("--limit", "NODE", "Only these nodes or groups."),
                values("--tags", "TAG", "Only plays and tasks with one of these tags."));
    }

    /** How the result looks. */
    static List<Option> rendering() {
        return List.of(
                value("--format", "FORMAT", "text, markdown or json (default: text)."),
                value("--diff", "HOW", "full, short or none (default: full)."));
    }

    static Format format(Given given) throws Command.Wrong {
        String format = given.text("--format").orElse("text");
        return switch (format) {
            case "text" -> Format.TEXT;
            case "markdown", "md" -> Format.MARKDOWN;
            case "json" -> Format.JSON;
            default -> throw new Command.Wrong("there is no format `" + format + "`: text, markdown or json");
        };
    }

    static Style style(Given given, Io io) throws Command.Wrong {
        String how = given.text("--diff").orElse("full");
        Detail detail = switch (how) {
            case "full" -> Detail.FULL;
            case "short" -> Detail.SHORT;
            case "none" -> Detail.NONE;
            default -> throw new Command.Wrong("--diff is full, short or none, not `" + how + "`");
        };
        return new Style(io.width(), io.colour(), detail);
    }

    static int window(Given given) throws Command.Wrong {
        String text = given.text("--window").orElse("32");
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw new Command.Wrong("--window is a number of nodes from 1 to 9999, not `" + text + "`");
        }
        return Integer.parseInt(text);
    }
}
