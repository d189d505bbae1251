package org.offx.check;

/**
 * The functions, methods and operators that the language is born with. The signature is in the language's own notation;
 * capital single letters are type variables; {@code probe} marks what reads a node. A method's receiver is its first
 * parameter. Overloads of one surface name are told apart by their first parameter. The checker reads the signatures,
 * the evaluator knows what each one does; the reference in docs/language.md is generated from this list.
 */
public enum Builtin {
    // Operators. ADD joins texts, lists, sets and maps (the right side wins), sums numbers of one unit, counts addresses on.
    ADD("operator +"),
    SUBTRACT("operator -"),
    MULTIPLY("operator *"),
    DIVIDE("operator /"),
    NEGATE("operator negate"),
    NOT("operator not"),
    RANGE("operator .."),
    EQUAL("operator =="),
    NOT_EQUAL("operator !="),
    LESS("operator <"),
    LESS_OR_EQUAL("operator <="),
    GREATER("operator >"),
    GREATER_OR_EQUAL("operator >="),
    /** Membership: an element in a list, set or map's keys; an address in a network; a text in a text. */
    IN("operator in"),
    /** Does the text match the regular expression somewhere? */
    MATCHES("operator matches"),
    /** {@code xs[i]}: a list's element, a map's value or null, a json's member or null. */
    INDEX("operator []"),

    // Making values.
    PINNED("fn pinned(value: T): Prop<T>"),
    SOURCED("fn sourced(value: T, source: string): Prop<T>"),
    BOTH("fn both(live: T, kept: T?): T"),
    CIDR_OF("fn cidr(address: ip, prefix: int): cidr"),
    CIDR_PARSE("fn cidr(text: string): cidr"),
    IP_PARSE("fn ip(text: string): ip"),
    PATH_PARSE("fn path(text: string): path"),
    REGEX_PARSE("fn regex(text: string): regex"),
    VERSION_PARSE("fn version(text: string): version"),
    MODE_PARSE("fn mode(octal: string): mode"),
    BYTES("fn bytes(count: int): size"),
    SECONDS("fn seconds(count: int): duration"),
    BITS_PER_SECOND("fn bits_per_second(count: int): rate"),
    MIN("fn min(a: T, b: T): T"),
    MAX("fn max(a: T, b: T): T"),
    /** The text of a file beside the playbook, with {@code ${…}}, {@code %{for x in xs}}, {@code %{if c}} evaluated over the map. */
    TEMPLATE("fn template(file: string, values: map<string, json>): string"),
    /** Stops here: what was read makes no sense, and this is why. */
    FAIL("fn fail(why: string): T"),
    /** The node of this name in the inventory; null where there is none. */
    NODE_NAMED("fn node_named(name: string): node?"),

    // Reading a node.
    /** Stops here: this is not installed. Where a package before the task is still to come, the task waits for it. */
    NOT_INSTALLED("probe fn not_installed(what: string): T"),
    /**
     * A file's state: what is there, or null. Symbolic links are not followed. A record of {@code kind} ({@code "file"},
     * {@code "directory"}, {@code "link"}, …), {@code text: string?} (null where it is binary or no regular file),
     * {@code mode}, {@code owner}, {@code group} (texts), {@code size}, {@code target: string?} (a link's).
     */
    FILE_AT("probe fn file_at(path: path): FileState?"),

    // Texts.
    TEXT_LENGTH("fn (string).length(): int"),
    TEXT_LINES("fn (string).lines(): list<string>"),
    TEXT_WORDS("fn (string).words(): list<string>"),
    TEXT_SPLIT("fn (string).split(separator: string): list<string>"),
    TEXT_TRIM("fn (string).trim(): string"),
    TEXT_UPPER("fn (string).upper(): string"),
    TEXT_LOWER("fn (string).lower(): string"),
    TEXT_REPLACE("fn (string).replace(old: string, new: string): string"),
    TEXT_REPLACE_MATCHES("fn (string).replace(old: regex, new: string): string"),
    TEXT_STARTS_WITH("fn (string).starts_with(prefix: string): bool"),
    TEXT_ENDS_WITH("fn (string).ends_with(suffix: string): bool"),
    TEXT_CONTAINS("fn (string).contains(part: string): bool"),
    /** The text without the prefix; null where it does not start with it. */
    TEXT_AFTER("fn (string).after(prefix: string): string?"),
    /** What stands before the first separator; the whole text where there is none. */
    TEXT_BEFORE("fn (string).before(separator: string): string"),
    /** The groups of the first match, the whole match first; null where nothing matches. */
    TEXT_MATCH("fn (string).match(pattern: regex): list<string>?"),
    TEXT_MATCHES_ALL("fn (string).match_all(pattern: regex): list<list<string>>"),
    TEXT_INT("fn (string).int(): int?"),
    TEXT_FLOAT("fn (string).float(): float?"),
    TEXT_JSON("fn (string).json(): json"),
    TEXT_REPEAT("fn (string).repeat(times: int): string"),
    TEXT_SHA256("fn (string).sha256(): string"),

    // Numbers and units.
    INT_FLOAT("fn (int).float(): float"),
    FLOAT_INT("fn (float).int(): int"),
    SIZE_BYTES("fn (size).bytes(): int"),
    /** Whole KiB, MiB, GiB, rounded down. */
    SIZE_KIB("fn (size).kib(): int"),
    SIZE_MIB("fn (size).mib(): int"),
    SIZE_GIB("fn (size).gib(): int"),
    DURATION_SECONDS("fn (duration).seconds(): int"),
    DURATION_MINUTES("fn (duration).minutes(): int"),
    RATE_BITS("fn (rate).bits(): int"),
    /** Whole megabytes (10^6) a second, rounded down. */
    RATE_MEGABYTES("fn (rate).megabytes(): int"),
    PERCENT_VALUE("fn (percent).value(): float"),
    /** Four octal digits. */
    MODE_OCTAL("fn (mode).octal(): string"),

    // Addresses, paths, versions.
    CIDR_CONTAINS_IP("fn (cidr).contains(address: ip): bool"),
    CIDR_CONTAINS("fn (cidr).contains(network: cidr): bool"),
    CIDR_ADDRESS("fn (cidr).address(): ip"),
    CIDR_PREFIX("fn (cidr).prefix(): int"),
    CIDR_NETWORK("fn (cidr).network(): cidr"),
    IP_IS_IPV6("fn (ip).is_ipv6(): bool"),
    PATH_NAME("fn (path).name(): string"),
    PATH_PARENT("fn (path).parent(): path"),

    // Lists.
    LIST_LENGTH("fn (list<T>).length(): int"),
    LIST_IS_EMPTY("fn (list<T>).is_empty(): bool"),
    LIST_FIRST("fn (list<T>).first(): T?"),
    LIST_LAST("fn (list<T>).last(): T?"),
    LIST_CONTAINS("fn (list<T>).contains(value: T): bool"),
    LIST_MAP("fn (list<T>).map(f: fn(T): U): list<U>"),
    LIST_FLAT_MAP("fn (list<T>).flat_map(f: fn(T): list<U>): list<U>"),
    LIST_FILTER("fn (list<T>).filter(f: fn(T): bool): list<T>"),
    LIST_FIND("fn (list<T>).find(f: fn(T): bool): T?"),
    LIST_FOLD("fn (list<T>).fold(start: U, f: fn(U, T): U): U"),
    LIST_SORT("fn (list<T>).sort(): list<T>"),
    LIST_SORT_BY("fn (list<T>).sort_by(f: fn(T): K): list<T>"),
    LIST_REVERSE("fn (list<T>).reverse(): list<T>"),
    LIST_UNIQUE("fn (list<T>).unique(): list<T>"),
    LIST_FLATTEN("fn (list<list<T>>).flatten(): list<T>"),
    LIST_JOIN("fn (list<string>).join(separator: string): string"),
    LIST_SLICE("fn (list<T>).slice(from: int, to: int): list<T>"),
    LIST_INDEX_OF("fn (list<T>).index_of(value: T): int?"),
    LIST_SUM_INT("fn (list<int>).sum(): int"),
    LIST_SUM_SIZE("fn (list<size>).sum(): size"),
    LIST_TO_SET("fn (list<T>).to_set(): set<T>"),
    /** Pairs of the position, from 0, and the value: records with {@code index} and {@code value}. */
    LIST_INDEXED("fn (list<T>).indexed(): list<{ index: int, value: T }>"),
    /** A map from what f says of each element to the elements it says it of. */
    LIST_GROUP_BY("fn (list<T>).group_by(f: fn(T): K): map<K, list<T>>"),

    // Sets.
    SET_LENGTH("fn (set<T>).length(): int"),
    SET_IS_EMPTY("fn (set<T>).is_empty(): bool"),
    SET_CONTAINS("fn (set<T>).contains(value: T): bool"),
    SET_TO_LIST("fn (set<T>).to_list(): list<T>"),
    SET_MAP("fn (set<T>).map(f: fn(T): U): list<U>"),
    SET_FILTER("fn (set<T>).filter(f: fn(T): bool): set<T>"),
    SET_SORT("fn (set<T>).sort(): list<T>"),

    // Maps.
    MAP_LENGTH("fn (map<K, V>).length(): int"),
    MAP_IS_EMPTY("fn (map<K, V>).is_empty(): bool"),
    MAP_KEYS("fn (map<K, V>).keys(): list<K>"),
    MAP_VALUES("fn (map<K, V>).values(): list<V>"),
    MAP_HAS("fn (map<K, V>).has(key: K): bool"),
    /** Records with {@code key} and {@code value}. */
    MAP_ENTRIES("fn (map<K, V>).entries(): list<{ key: K, value: V }>"),
    MAP_WITHOUT("fn (map<K, V>).without(keys: list<K>): map<K, V>"),

    // Properties that are inherited.
    /** The value of a property, wherever it comes from; null for {@code inherit}. */
    PROP_VALUE("fn (Prop<T>).value(): T?"),
    /** Where an observed property comes from: {@code local}, {@code default}, {@code inherited from x}, …; {@code pinned} or {@code inherit} of a desired one. */
    PROP_SOURCE("fn (Prop<T>).source(): string"),

    // Json.
    JSON_KEYS("fn (json).keys(): list<string>"),
    JSON_TEXT("fn (json).text(): string");

    private final String signature;

    Builtin(String signature) {
        this.signature = signature;
    }

    /** The signature in the language's own notation; for an operator, {@code operator} and its symbol. */
    public String signature() {
        return signature;
    }
}
