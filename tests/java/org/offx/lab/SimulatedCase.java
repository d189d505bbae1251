package org.offx.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * A transcript of commands on a simulated node: what is typed, and what must come back.
 *
 * <p>{@code $ command} begins a step; the lines below it that begin with {@code >} are its standard output, with {@code !}
 * its standard error, and {@code = 2} is its status (0 when there is none). {@code #} begins a comment, which stays with the
 * step below it.
 *
 * @param steps the commands in order; each sees what the ones before it left behind
 * @param ending the comment lines below the last step
 */
record SimulatedCase(List<Step> steps, List<String> ending) {

    /** One command; {@code above} are the blank and comment lines before it. */
    record Step(List<String> above, String command, Result wanted) {}

    /** What a command printed, line by line, and how it ended. */
    record Result(List<String> out, List<String> err, int status) {}

    static SimulatedCase parse(List<String> lines) {
        var steps = new ArrayList<Step>();
        var above = new ArrayList<String>();
        for (int i = 0; i < lines.size(); ) {
            String line = lines.get(i++);
            if (line.isBlank() || line.startsWith("#")) {
                above.add(line);
                continue;
            }
            if (!line.startsWith("$ ")) {
                throw new IllegalArgumentException("line " + i + " belongs to no command: " + line);
            }
            var out = new ArrayList<String>();
            var err = new ArrayList<String>();
            int status = 0;
            for (; i < lines.size() && lines.get(i).matches("([>!]( .*)?|= \\d+)"); i++) {
                String rest = lines.get(i).length() > 2 ? lines.get(i).substring(2) : "";
                switch (lines.get(i).charAt(0)) {
                    case '>' -> out.add(rest);
                    case '!' -> err.add(rest);
                    default -> status = Integer.parseInt(rest);
                }
            }
            steps.add(new Step(List.copyOf(above), line.substring(2), new Result(out, err, status)));
            above.clear();
        }
        return new SimulatedCase(steps, above);
    }

    /** The transcript with other results in place of those that were wanted. */
    List<String> with(List<Result> results) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < steps.size(); i++) {
            lines.addAll(steps.get(i).above());
            lines.add("$ " + steps.get(i).command());
            results.get(i).out().forEach(line -> lines.add((">" + " " + line).stripTrailing()));
            results.get(i).err().forEach(line -> lines.add(("! " + line).stripTrailing()));
            if (results.get(i).status() != 0) {
                lines.add("= " + results.get(i).status());
            }
        }
        lines.addAll(ending);
        return lines;
    }
}
