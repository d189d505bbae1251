package org.offx.check;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** What somebody means who writes an amount as a text, as other tools take it: {@code "128k"} is {@code 128KiB} here. */
final class Unquoted {

    private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([kmgtpKMGTP])(i?)([bB]?)");
    private static final Pattern DURATION = Pattern.compile("[0-9]+(?:ms|[smhdw])");
    private static final Pattern RATE = Pattern.compile("[0-9]+(?:\\.[0-9]+)?[kMG]?bps");
    private static final Pattern MODE = Pattern.compile("0?([0-7]{3,4})");

    private Unquoted() {}

    /** The literal of that type; empty where the text is none. */
    static Optional<String> literal(String text, Type type) {
        return type instanceof Basic basic
                ? switch (basic) {
                    case BOOL -> bool(text);
                    case SIZE -> size(text);
                    case DURATION -> whole(DURATION, text);
                    case RATE -> whole(RATE, text);
                    case MODE -> Optional.of(MODE.matcher(text)).filter(Matcher::matches).map(mode -> "0" + mode.group(1));
                    default -> Optional.<String>empty();
                }
                : Optional.empty();
    }

    private static Optional<String> bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> Optional.of("true");
            case "false", "no", "off" -> Optional.of("false");
            default -> Optional.empty();
        };
    }

    private static Optional<String> whole(Pattern pattern, String text) {
        return pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** A bare letter is binary, as zfs, lvm and Proxmox have it; {@code KB} says that it is decimal. */
    private static Optional<String> size(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        boolean binary = !size.group(3).isEmpty() || size.group(4).isEmpty();
        return Optional.of(size.group(1) + size.group(2).toUpperCase(Locale.ROOT) + (binary ? "iB" : "B"));
    }
}
