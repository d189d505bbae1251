package org.offx.value;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a version: numbers, words and signs, without the dots. Zeros that say nothing are left out, so that equal
 * versions have equal parts and the order is one: {@code 12.0} is {@code 12}, {@code 12.0~rc1} is {@code 12~rc1}.
 */
final class VersionParts {

    private static final Pattern PART = Pattern.compile("[0-9]+|[^0-9.+:~-]+|[.+:~-]");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=[0-9])");

    /** What a part is, in the order of versions: all that follows a `~` comes before the end, a number after a word. */
    private enum Kind {
        TILDE,
        END,
        WORD,
        NUMBER;

        static Kind of(String part) {
            char first = part.charAt(0);
            return first == '~' ? TILDE : first >= '0' && first <= '9' ? NUMBER : WORD;
        }
    }

    private VersionParts() {}

    static List<String> of(String version) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(version);
        while (matcher.find()) {
            String part = matcher.group();
            if (part.equals("~")) {
                dropZeros(parts);
            }
            if (!part.equals(".")) {
                parts.add(LEADING_ZEROS.matcher(part).replaceFirst(""));
            }
        }
        dropZeros(parts);
        return parts;
    }

    private static void dropZeros(List<String> parts) {
        while (!parts.isEmpty() && parts.getLast().equals("0")) {
            parts.removeLast();
        }
    }

    static int compare(List<String> a, List<String> b) {
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            Kind left = i < a.size() ? Kind.of(a.get(i)) : Kind.END;
            Kind right = i < b.size() ? Kind.of(b.get(i)) : Kind.END;
            int order = left != right ? left.compareTo(right) : compare(left, a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Of two numbers, the one with more digits is larger. */
    private static int compare(Kind kind, String a, String b) {
        boolean longer = kind == Kind.NUMBER && a.length() != b.length();
        return longer ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }
}
