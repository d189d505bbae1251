package org.offx.value;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/**
 * What an expression evaluates to. Values are immutable. Those of one kind are equal exactly when the language's
 * {@code ==} says so: {@code 20TiB} equals the same number of bytes, a set is unordered, a list is ordered, an address is
 * its bits and not its spelling. {@link Shown} gives the canonical text of each; {@code parse} reads what programs and
 * people write, and is empty where the text is none.
 */
public sealed interface Value {

    /** {@code null}: nothing is there ({@code T?}). */
    enum Nothing implements Value { NULL }

    record Bool(boolean value) implements Value {}

    record Int(long value) implements Value {}

    /** A finite number. There is one zero. */
    record Decimal(double value) implements Value {
        public Decimal {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("no number: " + value);
            }
            value = value == 0 ? 0 : value;
        }
    }

    record Text(String value) implements Value {}

    /** An amount of data, in bytes. */
    record Size(long bytes) implements Value {}

    /** A span of time. */
    record Time(Duration value) implements Value {}

    /** A rate of transfer, in bits per second. */
    record Rate(long bitsPerSecond) implements Value {}

    /** A percentage: {@code 25%} is 25. Finite. */
    record Percent(double value) implements Value {}

    record Ip(Address address) implements Value {}

    /** An address with a prefix length. The host bits are kept: {@code 10.0.0.1/8} is not {@code 10.0.0.0/8}. */
    record Cidr(Address address, int prefix) implements Value {

        private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

        /** {@code 10.0.0.1/8}; a bare address is no network. */
        public static Optional<Cidr> parse(String text) {
            int slash = text.indexOf('/');
            if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
                return Optional.empty();
            }
            int prefix = Integer.parseInt(text.substring(slash + 1));
            return Address.parse(text.substring(0, slash))
                    .filter(address -> prefix <= address.width())
                    .map(address -> new Cidr(address, prefix));
        }
    }

    /** Six bytes in lower case, separated by colons. */
    record Mac(String text) implements Value {

        private static final Pattern BYTES = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}");

        /** Six groups of two hexadecimal digits, in upper or lower case. */
        public static Optional<Mac> parse(String text) {
            return Optional.of(text).filter(BYTES.asMatchPredicate()).map(mac -> new Mac(mac.toLowerCase(Locale.ROOT)));
        }
    }

    /** An absolute path, without a trailing slash or doubled ones. */
    record Path(String text) implements Value {

        private static final Pattern SLASHES = Pattern.compile("/{2,}");

        /** Also with a trailing slash and doubled ones; a path that does not start with a slash is none. */
        public static Optional<Path> parse(String text) {
            if (!text.startsWith("/")) {
                return Optional.empty();
            }
            String single = SLASHES.matcher(text).replaceAll("/");
            boolean trailing = single.length() > 1 && single.endsWith("/");
            return Optional.of(new Path(trailing ? single.substring(0, single.length() - 1) : single));
        }
    }

    /** File permission bits, {@code 0644}, with those for the user, the group and the directory before them: {@code 01777}. */
    record Mode(int bits) implements Value {

        private static final Pattern OCTAL = Pattern.compile("0?[0-7]{3,4}");

        /** Three or four octal digits, with or without a 0 before them. */
        public static Optional<Mode> parse(String octal) {
            return Optional.of(octal).filter(OCTAL.asMatchPredicate()).map(digits -> new Mode(Integer.parseInt(digits, 8)));
        }
    }

    /** A regular expression as {@link java.util.regex.Pattern} reads it. */
    record Regex(String pattern) implements Value {}

    /**
     * A version as written; compared part by part, numbers as numbers: {@code 2.9 < 2.10}. What follows a {@code ~} comes
     * before the end, as in Debian's versions ({@code 2.3~rc1 < 2.3}); missing parts count as 0, so that {@code 12} equals
     * {@code 12.0}.
     */
    record Version(String text) implements Value, Comparable<Version> {

        private static final Pattern SHAPE = Pattern.compile("[0-9][0-9A-Za-z.+:~-]*");

        /** A version begins with a digit. */
        public static Optional<Version> parse(String text) {
            return Optional.of(text).filter(SHAPE.asMatchPredicate()).map(Version::new);
        }

        @Override
        public int compareTo(Version other) {
            return VersionParts.compare(VersionParts.of(text), VersionParts.of(other.text));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Version version
                    && (text.equals(version.text) || VersionParts.of(text).equals(VersionParts.of(version.text)));
        }

        @Override
        public int hashCode() {
            return VersionParts.of(text).hashCode();
        }
    }

    /** A bare word of a union: {@code none}, {@code inherit}, {@code absent}. */
    record Symbol(String name) implements Value {

        /** What {@code observe} gives where nothing is there. */
        public static final Symbol ABSENT = new Symbol("absent");

        /** A property that is not set here. */
        public static final Symbol INHERIT = new Symbol("inherit");
    }

    /**
     * A member of an enum.
     *
     * @param type the qualified name of the enum
     * @param spelling how the managed system writes the member; the member's own name unless the enum says otherwise
     * @param payload the argument of a member that carries one, {@code vers(4.2)}
     */
    record Member(String type, String name, String spelling, Optional<Value> payload) implements Value {}

    /** A list. */
    record Items(List<Value> values) implements Value {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** A set, which remembers the order in which it was written. */
    record Group(SequencedSet<Value> values) implements Value {
        public Group {
            values = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(values));
        }
    }

    /** A map, which remembers the order in which it was written. */
    record Table(SequencedMap<Value, Value> entries) implements Value {
        public Table {
            entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
        }
    }

    /**
     * Named fields.
     *
     * @param type the qualified name of the struct; empty for a record without one, such as what {@code observe} gives
     */
    record Struct(String type, SequencedMap<String, Value> fields) implements Value {
        public Struct {
            fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        }
    }

    /** A node of the inventory, by its name; its attributes are asked of the evaluator. */
    record NodeName(String name) implements Value {}

    /** A reference to a task: the qualified resource and its key. */
    record Reference(String resource, List<Value> key) implements Value {

        /** The key that stands for all keys. */
        public static final Text WHOLE = new Text("*");

        /** {@code zfs.pool("*")}: all tasks of the resource. */
        public boolean isWhole() {
            return key.size() == 1 && key.getFirst().equals(WHOLE);
        }
    }

    /** A value that is never shown, logged, recorded or put on a command line. The secret of a secret is that secret. */
    record Secret(Value hidden) implements Value {

        public Secret {
            hidden = hidden instanceof Secret(Value inner) ? inner : hidden;
        }

        /** What a secret hides; any other value itself. Whoever asks answers for keeping it. */
        public static Value open(Value value) {
            return value instanceof Secret(Value hidden) ? hidden : value;
        }

        @Override
        public String toString() {
            return "(secret)";
        }
    }

    /**
     * A command.
     *
     * @param unknown where the parts come from that only apply will know; such a command can be shown, not run
     */
    record CommandLine(Command command, Optional<String> unknown) implements Value {
        public CommandLine(Command command) {
            this(command, Optional.empty());
        }
    }

    /** A desired property that must be set at this very place, not merely hold: {@code pinned(zstd)}. */
    record Pinned(Value value) implements Value {}

    /**
     * A property as it was observed in a system where values are inherited.
     *
     * @param source {@code local}, {@code default}, {@code received}, {@code temporary}, {@code -}, or
     *     {@code inherited from x}
     */
    record Sourced(Value value, String source) implements Value {}

    /** The two truths of a {@code live and kept} attribute: now, and after a reboot ({@code NULL} where not kept). */
    record Both(Value live, Value kept) implements Value {}

    /**
     * What nobody knows yet.
     *
     * @param origin what it is known after: a task, or a fact of a node
     * @param shown what can be said of it: of a text, the parts that are known
     */
    record Unknown(String origin, String shown) implements Value {}

    /** A function as a value; the evaluator makes them. */
    non-sealed interface Function extends Value {
        Value call(List<Value> arguments);
    }
}
