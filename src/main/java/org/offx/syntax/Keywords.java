package org.offx.syntax;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** The words that begin a declaration. */
final class Keywords {

    static final List<String> DECLARATIONS = List.of(
            "use", "type", "struct", "enum", "kind", "let", "fn", "probe", "fact", "node", "group", "play", "role",
            "resource", "action", "must", "should", "test");

    private static final double ALIKE = 0.8;

    private Keywords() {}

    /** Whether a declaration begins at this offset: one of the words, and behind it what a declaration goes on with. */
    static boolean declares(String text, int start) {
        int end = wordEnd(text, start);
        if (!DECLARATIONS.contains(text.substring(start, end))) {
            return false;
        }
        int next = end;
        while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
            next++;
        }
        return next > end && next < text.length() && (text.charAt(next) == '"' || Character.isLetter(text.charAt(next)) || text.charAt(next) == '_');
    }

    static int wordEnd(String text, int start) {
        int end = start;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    /** The word that does here what this one does in other languages. */
    static Optional<String> elsewhere(String word) {
        return Optional.ofNullable(switch (word) {
            case "import", "include", "require", "from" -> "use";
            case "var", "const", "val", "set", "local", "locals", "variable" -> "let";
            case "def", "func", "function", "proc" -> "fn";
            case "host", "server", "machine" -> "node";
            case "hosts", "groups", "inventory" -> "group";
            case "class", "record" -> "struct";
            case "playbook" -> "play";
            case "assert", "rule", "policy" -> "must";
            default -> null;
        });
    }

    /** The word that was probably meant. Only for words that are wrong: it loads a library. */
    static Optional<String> nearest(String word) {
        JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
        return DECLARATIONS.stream()
                .filter(each -> Math.abs(each.length() - word.length()) <= 2 && similarity.apply(each, word) >= ALIKE)
                .max(Comparator.comparing(each -> similarity.apply(each, word)));
    }
}
