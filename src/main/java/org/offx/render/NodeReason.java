package org.offx.render;

import java.util.List;

/**
 * Why nothing is done on a node, for a line that begins with its name.
 *
 * @param first without the name
 * @param more what the reason says in further lines, such as a fingerprint to compare
 */
record NodeReason(String first, List<String> more) {

    static NodeReason of(String node, String sentence) {
        String name = node + ": ";
        List<String> lines = (sentence.startsWith(name) ? sentence.substring(name.length()) : sentence).lines().map(Visible::line).toList();
        return lines.isEmpty() ? new NodeReason("", List.of()) : new NodeReason(lines.getFirst(), lines.subList(1, lines.size()));
    }

    List<Line> moreLines(int indent) {
        return more.stream().map(line -> Line.at(indent).say(Tone.QUIET, "| ").say(line)).toList();
    }
}
