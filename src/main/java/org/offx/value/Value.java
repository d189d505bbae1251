package org.offx.value;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * What an expression evaluates to. Values are immutable, and equal exactly when the language's {@code ==} says so:
 * {@code 20TiB} equals the same number of bytes, a set is unordered, a list is ordered, an address is its bits and not
 * its spelling. {@link Shown#of} gives the canonical text of each.
 */
public sealed interface Value {

    /** {@code null}: nothing is there ({@code T?}). */
    enum Nothing implements Value { NULL }

    record Bool(boolean value) implements Value {}

    record Int(long value) implements Value {}

    record Decimal(double value) implements Value {}

    record Text(String value) implements Value {}

    /** An amount of data, in bytes. */
    record Size(long bytes) implements Value {}

    /** A span of time. */
    record Time(Duration value) implements Value {}

    /** A rate of transfer, in bits per second. */
    record Rate(long bitsPerSecond) implements Value {}

    /** A percentage: {@code 25%} is 25. */
    record Percent(double value) implements Value {}

    record Ip(Address address) implements Value {}

    /** An address with a prefix length. The host bits are kept: {@code 10.0.0.1/8} is not {@code 10.0.0.0/8}. */
    record Cidr(Address address, int prefix) implements Value {}

    /** Six bytes in lower case, separated by colons. */
    record Mac(String text) implements Value {}

    /** An absolute path, without a trailing slash or doubled ones. */
    record Path(String text) implements Value {}

    /** File permission bits, {@code 0644}. */
    record Mode(int bits) implements Value {}

    record Regex(String pattern) implements Value {}

    /** A version as written; compared part by part, numbers as numbers. */
    record Version(String text) implements Value {}

    /** A bare word of a union: {@code none}, {@code inherit}, {@code absent}. */
    record Symbol(String name) implements Value {}

    /**
     * A member of an enum.
     *
     * @param type the qualified name of the enum
     * @param spelling how the managed system writes the member; the member's own name unless the enum says otherwise
     * @param payload the argument of a member that carries one, {@code vers(4.2)}
     */
    record Member(String type, String name, String spelling, Optional<Value> payload) implements Value {}

    record Items(List<Value> values) implements Value {
        public Items {
            values = List.copyOf(values);
        }
    }

    record Group(SequencedSet<Value> values) implements Value {}

    record Table(SequencedMap<Value, Value> entries) implements Value {}

    /**
     * Named fields.
     *
     * @param type the qualified name of the struct; empty for a record without one, such as what {@code observe} gives
     */
    record Struct(String type, SequencedMap<String, Value> fields) implements Value {}

    /** A node of the inventory, by its name; its attributes are asked of the evaluator. */
    record NodeName(String name) implements Value {}

    /** A reference to a task: the qualified resource and its key. */
    record Reference(String resource, List<Value> key) implements Value {}

    /** A value that is never shown, logged, recorded or put on a command line. */
    record Secret(Value hidden) implements Value {
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

    /** A text that must match a part that only apply will know, or a whole value of that kind. */
    record Unknown(String origin, String shown) implements Value {}

    /** A function as a value; the evaluator makes them. */
    non-sealed interface Function extends Value {
        Value call(List<Value> arguments);
    }
}
