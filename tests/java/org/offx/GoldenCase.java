package org.offx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One golden file: what is put in and what must come out, side by side.
 *
 * <p>The file is a sequence of sections, each under a line {@code -- name --}. Inputs come first, then what is wanted,
 * under names that begin with {@code want}. Text above the first section says why the case exists. The format is exact:
 *
 * <ul>
 *   <li>a line of content that looks like a header is written with a backslash in front;
 *   <li>content that does not end with a line feed is followed by the line {@code \ no line feed at the end}.
 * </ul>
 *
 * @param name the path under the suites' root without {@code .golden}, as in {@code check/names/unknown-attribute}
 * @param preface the text above the first section, empty if there is none
 * @param inputs the text of each input section by its name, in the order of the file
 * @param wants the text of each wanted output by its name without {@code want}, in the order of the file
 */
public record GoldenCase(String name, String preface, Map<String, String> inputs, Map<String, String> wants) {

    private static final Pattern HEADER = Pattern.compile("-- (\\S.*?) --");
    private static final Pattern ESCAPABLE = Pattern.compile("\\\\*(-- \\S.*? --|\\\\ no line feed at the end)");
    private static final String NO_LINE_FEED = "\\ no line feed at the end";
    private static final String WANT = "want ";

    /** Reads a file; one that is not a golden file is refused with its name and line. */
    public static GoldenCase read(String name, Path file) throws IOException {
        return parse(name, Files.readString(file));
    }

    static GoldenCase parse(String name, String text) {
        if (!text.isEmpty() && !text.endsWith("\n")) {
            throw new IllegalArgumentException(name + ".golden does not end with a line feed");
        }
        List<String> lines = text.isEmpty() ? List.of() : List.of(text.substring(0, text.length() - 1).split("\n", -1));
        var inputs = new LinkedHashMap<String, String>();
        var wants = new LinkedHashMap<String, String>();
        Optional<String> preface = Optional.empty();
        for (int i = 0; i < lines.size() || preface.isEmpty(); ) {
            int end = endOfSection(lines, preface.isEmpty() ? i : i + 1);
            if (preface.isEmpty()) {
                preface = Optional.of(content(lines.subList(i, end)));
            } else {
                String section = section(lines.get(i));
                boolean wanted = section.startsWith(WANT);
                if (!wanted && !wants.isEmpty()) {
                    throw malformed(name, i, "the input \"" + section + "\" stands below a wanted output; inputs come first");
                }
                String content = content(lines.subList(i + 1, end));
                if ((wanted ? wants : inputs).put(wanted ? section.substring(WANT.length()) : section, content) != null) {
                    throw malformed(name, i, "there is a second section \"" + section + "\"");
                }
            }
            i = end;
        }
        return new GoldenCase(name, preface.orElseThrow(), inputs, wants);
    }

    /** The input of that name; a case that lacks it is refused. */
    public String input(String section) {
        return Optional.ofNullable(inputs.get(section))
                .orElseThrow(() -> new IllegalArgumentException(
                        name + ".golden has no section \"" + section + "\"; it has " + inputs.keySet()));
    }

    /** The input of that name, or nothing. */
    public Optional<String> optionalInput(String section) {
        return Optional.ofNullable(inputs.get(section));
    }

    /** The inputs whose names end so, in the order of the file: {@code inputsEnding(".offx")}. */
    public Map<String, String> inputsEnding(String suffix) {
        var found = new LinkedHashMap<>(inputs);
        found.keySet().removeIf(section -> !section.endsWith(suffix));
        return found;
    }

    /** The same case with other wanted outputs. */
    GoldenCase wanting(Map<String, String> outputs) {
        return new GoldenCase(name, preface, inputs, new LinkedHashMap<>(outputs));
    }

    /** The text of the file; {@link #parse} reads it back as this case. */
    String text() {
        var text = new StringBuilder(escaped(preface));
        inputs.forEach((section, content) -> append(text, section, content));
        wants.forEach((output, content) -> append(text, WANT + output, content));
        return text.toString();
    }

    private static void append(StringBuilder text, String section, String content) {
        text.append("-- ").append(section).append(" --\n").append(escaped(content));
    }

    private static String escaped(String content) {
        if (content.isEmpty()) {
            return "";
        }
        boolean complete = content.endsWith("\n");
        var text = new StringBuilder();
        for (String line : (complete ? content.substring(0, content.length() - 1) : content).split("\n", -1)) {
            text.append(ESCAPABLE.matcher(line).matches() ? "\\" : "").append(line).append('\n');
        }
        return complete ? text.toString() : text.append(NO_LINE_FEED).append('\n').toString();
    }

    private static String content(List<String> lines) {
        boolean complete = lines.isEmpty() || !lines.getLast().equals(NO_LINE_FEED);
        List<String> unescaped = new ArrayList<>();
        for (String line : complete ? lines : lines.subList(0, lines.size() - 1)) {
            boolean isEscaped = line.startsWith("\\") && ESCAPABLE.matcher(line.substring(1)).matches();
            unescaped.add(isEscaped ? line.substring(1) : line);
        }
        return String.join("\n", unescaped) + (complete && !lines.isEmpty() ? "\n" : "");
    }

    private static int endOfSection(List<String> lines, int from) {
        int end = from;
        while (end < lines.size() && !HEADER.matcher(lines.get(end)).matches()) {
            end++;
        }
        return end;
    }

    private static String section(String line) {
        Matcher header = HEADER.matcher(line);
        if (!header.matches()) {
            throw new IllegalStateException("not a header: " + line);
        }
        return header.group(1);
    }

    private static IllegalArgumentException malformed(String name, int line, String reason) {
        return new IllegalArgumentException(name + ".golden, line " + (line + 1) + ": " + reason);
    }
}
