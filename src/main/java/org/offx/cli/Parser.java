package org.offx.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.offx.check.Nearest;
import org.offx.cli.Command.Wrong;
import org.offx.cli.Usage.Arguments;
import org.offx.cli.Usage.Option;
import org.offx.cli.Usage.Takes;

/**
 * Takes the words of a command line apart, as POSIX and GNU tools do: options and arguments in any order, {@code --out=FILE},
 * {@code --out FILE}, {@code -o FILE}, {@code -oFILE}, {@code -hy}, and {@code --} before what only looks like an option.
 * The one place that knows commons-cli, and stricter than it: nothing is guessed where two things may be meant.
 */
final class Parser {

    private final Usage usage;
    private final List<String> words;

    private Parser(Usage usage, List<String> words) {
        this.usage = usage;
        this.words = words;
    }

    /**
     * With {@code --help}, missing and surplus arguments are no mistake.
     *
     * @throws Wrong for an option that there is not, one without its value, one given too often; for too few arguments and too many
     */
    static Given parse(Usage usage, List<String> words) throws Wrong {
        Parser parser = new Parser(usage, words);
        parser.refuseLongNamesAfterOneDash();
        Given given = parser.given();
        if (!given.has(Options.HELP.name())) {
            parser.count(given.arguments());
        }
        return given;
    }

    private Given given() throws Wrong {
        try {
            var line = DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .setStripLeadingAndTrailingQuotes(false)
                    .get()
                    .parse(declared(), words.toArray(String[]::new));
            Map<String, List<String>> options = new LinkedHashMap<>();
            for (var each : line.getOptions()) {
                add(option("--" + each.getLongOpt()), each.getValuesList(), options);
            }
            return new Given(options, line.getArgList());
        } catch (UnrecognizedOptionException unknown) {
            throw new Wrong(unknown(unknown.getOption()));
        } catch (MissingArgumentException missing) {
            Option option = option("--" + missing.getOption().getLongOpt());
            throw new Wrong("`" + option.name() + "` needs a value: " + option.form());
        } catch (ParseException impossible) {
            throw new IllegalStateException("no option is required, and none is of a group", impossible);
        }
    }

    private org.apache.commons.cli.Options declared() {
        var declared = new org.apache.commons.cli.Options();
        for (Option option : usage.options()) {
            declared.addOption(org.apache.commons.cli.Option.builder(option.letter().map(l -> l.substring(1)).orElse(null))
                    .longOpt(option.name().substring(2))
                    .hasArg(option.takes() != Takes.NOTHING)
                    .get());
        }
        return declared;
    }

    private Option option(String name) {
        return usage.option(name).orElseThrow();
    }

    private void add(Option option, List<String> values, Map<String, List<String>> options) throws Wrong {
        if (options.containsKey(option.name()) && !option.isRepeatable()) {
            throw new Wrong("`" + option.name() + "` is given twice");
        }
        List<String> all = options.getOrDefault(option.name(), new ArrayList<>());
        options.put(option.name(), all);
        for (String value : values) {
            refuseOptionAsValue(option, value);
            for (String part : option.takes() == Takes.LIST ? value.split(",", -1) : new String[] {value}) {
                if (part.isEmpty()) {
                    throw new Wrong("`" + option.name() + "` needs a value, and an empty one was given: " + option.form());
                }
                all.add(part);
            }
        }
    }

    /** commons-cli takes {@code --out --fromat} for a file of that name, and {@code --fromat} is a slip. */
    private void refuseOptionAsValue(Option option, String value) throws Wrong {
        if (value.startsWith("-") && value.length() > 1 && words.contains(value)) {
            throw new Wrong("`" + option.name() + "` needs a value, and `" + value + "` looks like an option; if it is meant, write "
                    + option.name() + "=" + value);
        }
    }

    /** commons-cli takes {@code -outfile} for {@code --out=file}; by the usual rules it is {@code -o utfile}. */
    private void refuseLongNamesAfterOneDash() throws Wrong {
        for (String word : words) {
            if (word.equals("--")) {
                return;
            }
            for (Option option : usage.options()) {
                if (word.startsWith(option.name().substring(1))) {
                    throw new Wrong(unknown(word));
                }
            }
        }
    }

    private String unknown(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        if (usage.option(name).isPresent()) {
            return "`" + name + "` takes no value";
        }
        return nearest(name)
                .map(near -> "there is no option `" + name + "`; did you mean `" + near + "`?")
                .orElseGet(() -> "there is no option " + unknownLetter(name).map(letter -> "`" + letter + "` in ").orElse("") + "`" + name + "`");
    }

    /** The option that was probably meant; of letters everything would be near. */
    private Optional<String> nearest(String name) {
        String bare = name.replaceFirst("^-+", "");
        if (bare.length() < 3) {
            return Optional.empty();
        }
        List<String> known = usage.options().stream().map(option -> option.name().substring(2)).toList();
        return Nearest.of(bare, known)
                .or(() -> known.stream().filter(each -> each.startsWith(bare) || bare.startsWith(each)).findFirst())
                .map(near -> "--" + near);
    }

    /** Of letters that stand together, the first that is no option. */
    private Optional<String> unknownLetter(String name) {
        return name.startsWith("--") || name.length() == 2
                ? Optional.empty()
                : name.substring(1).chars().mapToObj(letter -> "-" + (char) letter).filter(each -> usage.option(each).isEmpty()).findFirst();
    }

    private void count(List<String> given) throws Wrong {
        Arguments wanted = usage.arguments();
        String command = "`offx " + usage.command() + "`";
        String takes = command + " takes " + (wanted.most() == 0 ? "no arguments" : wanted.form());
        if (given.contains("")) {
            throw new Wrong("an argument is empty: " + takes);
        }
        if (given.size() < wanted.least()) {
            throw new Wrong(command + " needs " + wanted.form() + (given.isEmpty() ? "" : ", not only `" + String.join(" ", given) + "`"));
        }
        if (given.size() > wanted.most()) {
            throw new Wrong("`" + given.get(wanted.most()) + "` is too much: " + takes);
        }
    }
}
