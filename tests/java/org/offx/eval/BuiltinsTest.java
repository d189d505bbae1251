package org.offx.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.offx.check.Builtin.*;
import static org.offx.eval.Make.call;
import static org.offx.eval.Make.constant;
import static org.offx.eval.Make.lambda;
import static org.offx.eval.Make.list;
import static org.offx.eval.Make.local;
import static org.offx.eval.Make.number;
import static org.offx.eval.Make.scope;
import static org.offx.eval.Make.set;
import static org.offx.eval.Make.table;
import static org.offx.eval.Make.text;
import static org.offx.eval.Make.unknown;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.offx.check.Builtin;
import org.offx.check.Term;
import org.offx.type.Type.Basic;
import org.offx.value.Address;
import org.offx.value.Shown;
import org.offx.value.Value;

/** What every builtin does, family by family: a call and the canonical text of its value. */
final class BuiltinsTest {

    private static final long TIB = 1L << 40;
    private static final Value SIZE = new Value.Size(3 * TIB);
    private static final Value HOUR = new Value.Time(Duration.ofHours(1));
    private static final Value TEN_NET = cidr("10.0.0.0", 8);

    private static Value size(long bytes) {
        return new Value.Size(bytes);
    }

    private static Value cidr(String address, int prefix) {
        return new Value.Cidr(Address.parse(address).orElseThrow(), prefix);
    }

    private static Value ip(String address) {
        return new Value.Ip(Address.parse(address).orElseThrow());
    }

    private static Value version(String text) {
        return new Value.Version(text);
    }

    private static Value decimal(double number) {
        return new Value.Decimal(number);
    }

    private static Value regex(String pattern) {
        return new Value.Regex(pattern);
    }

    private static Value sourced(Value value, String source) {
        return new Value.Sourced(value, source);
    }

    private static Arguments row(String want, Builtin builtin, Value... values) {
        return arguments(want, builtin, List.of(values));
    }

    static Stream<Arguments> operators() {
        return Stream.of(
                row("5", ADD, number(2), number(3)),
                row("\"ab\"", ADD, text("a"), text("b")),
                row("4TiB", ADD, SIZE, size(TIB)),
                row("2h", ADD, HOUR, HOUR),
                row("[1, 2]", ADD, list(number(1)), list(number(2))),
                row("{ \"a\" = 2, \"b\" = 3 }", ADD, table(text("a"), number(1)), table(text("a"), number(2), text("b"), number(3))),
                row("10.0.1.4", ADD, ip("10.0.0.255"), number(5)),
                row("::1:0:0", ADD, ip("::ffff:ffff"), number(1)),
                row("1.5", ADD, number(1), decimal(0.5)),
                row("2TiB", SUBTRACT, SIZE, size(TIB)),
                row("[1, 3]", SUBTRACT, list(number(1), number(2), number(3), number(2)), list(number(2))),
                row("[1]", SUBTRACT, list(number(1), number(2)), number(2)),
                row("9.255.255.255", SUBTRACT, ip("10.0.0.0"), number(1)),
                row("6", MULTIPLY, number(2), number(3)),
                row("6TiB", MULTIPLY, number(2), SIZE),
                row("2h", MULTIPLY, HOUR, number(2)),
                row("1536GiB", MULTIPLY, new Value.Percent(50), SIZE),
                row("1536GiB", MULTIPLY, SIZE, decimal(0.5)),
                row("3", DIVIDE, number(7), number(2)),
                row("-3", DIVIDE, number(-7), number(2)),
                row("1TiB", DIVIDE, SIZE, number(3)),
                row("3.0", DIVIDE, SIZE, size(TIB)),
                row("0.5", DIVIDE, number(1), decimal(2)),
                row("2TiB", DIVIDE, SIZE, decimal(1.5)),
                row("-2", NEGATE, number(2)),
                row("false", NOT, new Value.Bool(true)),
                row("[3, 4, 5]", RANGE, number(3), number(5)),
                row("[]", RANGE, number(5), number(3)),
                row("[9223372036854775806, 9223372036854775807]", RANGE, number(Long.MAX_VALUE - 1), number(Long.MAX_VALUE)),
                row("[10.0.0.255, 10.0.1.0]", RANGE, ip("10.0.0.255"), ip("10.0.1.0")),
                row("[]", RANGE, ip("ffff::"), ip("::")),
                row("true", EQUAL, size(1024), size(1024)),
                row("false", EQUAL, cidr("10.0.0.1", 8), TEN_NET),
                row("true", EQUAL, set(number(1), number(2)), set(number(2), number(1))),
                row("true", EQUAL, sourced(text("zstd"), "inherited from rpool"), text("zstd")),
                row("true", EQUAL, version("12"), version("12.0")),
                row("true", EQUAL, list(version("12")), list(version("12.0"))),
                row("true", NOT_EQUAL, text("a"), Value.Nothing.NULL),
                row("true", LESS, version("2.9"), version("2.10")),
                row("true", LESS, version("2.3~rc1"), version("2.3")),
                row("true", LESS, version("2.3"), version("2.3.1")),
                row("true", LESS, ip("10.0.0.9"), ip("10.0.0.10")),
                row("false", LESS, size(1), Value.Nothing.NULL),
                row("false", GREATER_OR_EQUAL, size(1), Value.Nothing.NULL),
                row("true", GREATER, SIZE, size(TIB)),
                row("true", LESS_OR_EQUAL, number(2), number(2)),
                row("true", IN, number(2), list(number(1), number(2))),
                row("true", IN, text("a"), table(text("a"), number(1))),
                row("true", IN, ip("10.9.8.7"), TEN_NET),
                row("false", IN, ip("11.0.0.0"), TEN_NET),
                row("true", IN, text("b"), text("abc")),
                row("true", MATCHES, text("eno2np1"), regex("^eno[0-9]")),
                row("\"b\"", INDEX, list(text("a"), text("b")), number(1)),
                row("null", INDEX, table(text("a"), number(1)), text("z")));
    }

    static Stream<Arguments> makers() {
        return Stream.of(
                row("10.1.0.113/24", CIDR_OF, ip("10.1.0.113"), number(24)),
                row("10.1.0.113/24", CIDR_PARSE, text("10.1.0.113/24")),
                row("2001:db8::1", IP_PARSE, text("2001:db8:0:0::1")),
                row("\"/srv/a\"", PATH_PARSE, text("//srv//a/")),
                row("\"/\"", PATH_PARSE, text("/")),
                row("0750", MODE_PARSE, text("750")),
                row("20TiB", BYTES, number(20 * TIB)),
                row("1m", SECONDS, number(60)),
                row("3Gbps", BITS_PER_SECOND, number(3_000_000_000L)),
                row("1TiB", MIN, SIZE, size(TIB)),
                row("3TiB", MAX, SIZE, size(TIB)),
                row("pinned(1)", PINNED, number(1)),
                row("1 (inherited from rpool)", SOURCED, number(1), text("inherited from rpool")),
                row("1500 (after a reboot: 9000)", BOTH, number(1500), number(9000)),
                row("null", NODE_NAMED, text("ovh9")));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                row("2", TEXT_LENGTH, text("é😀")),
                row("[\"a\", \"\", \"b\"]", TEXT_LINES, text("a\r\n\nb\n")),
                row("[]", TEXT_LINES, text("")),
                row("[\"a\", \"b\"]", TEXT_WORDS, text("  a \t b\n")),
                row("[]", TEXT_WORDS, text(" ")),
                row("[\"a\", \"\", \"\"]", TEXT_SPLIT, text("a::"), text(":")),
                row("[\"a.b\"]", TEXT_SPLIT, text("a.b"), text("|")),
                row("\"I\"", TEXT_UPPER, text("i")),
                row("\"i\"", TEXT_LOWER, text("I")),
                row("\"a\"", TEXT_TRIM, text(" a\n")),
                row("\"bb\"", TEXT_REPLACE, text("aa"), text("a"), text("b")),
                row("\"b=a\"", TEXT_REPLACE_MATCHES, text("a=b"), regex("(\\w)=(\\w)"), text("$2=$1")),
                row("true", TEXT_STARTS_WITH, text("rpool/a"), text("rpool/")),
                row("\"a\"", TEXT_AFTER, text("rpool/a"), text("rpool/")),
                row("null", TEXT_AFTER, text("tank/a"), text("rpool/")),
                row("\"rpool\"", TEXT_BEFORE, text("rpool/a"), text("/")),
                row("\"rpool\"", TEXT_BEFORE, text("rpool"), text("/")),
                row("[\"a1\", \"a\", \"1\"]", TEXT_MATCH, text("xa1"), regex("([a-w])([0-9])")),
                row("[\"a\", \"\"]", TEXT_MATCH, text("a"), regex("a(b)?")),
                row("null", TEXT_MATCH, text("x"), regex("[0-9]")),
                row("[[\"1\"], [\"2\"]]", TEXT_MATCHES_ALL, text("1 2"), regex("[0-9]")),
                row("-5", TEXT_INT, text(" -5\n")),
                row("null", TEXT_INT, text("5 apples")),
                row("null", TEXT_INT, text("99999999999999999999")),
                row("2.5", TEXT_FLOAT, text("2.5")),
                row("null", TEXT_FLOAT, text("NaN")),
                row("{ \"a\" = [1, 2.5, null, true] }", TEXT_JSON, text("{\"a\": [1, 2.5, null, true]}")),
                row("\"abab\"", TEXT_REPEAT, text("ab"), number(2)),
                row("\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"", TEXT_SHA256, text("abc")),
                row("[\"a\"]", JSON_KEYS, table(text("a"), number(1))),
                row("\"{\\\"a\\\":[1,null]}\"", JSON_TEXT, table(text("a"), list(number(1), Value.Nothing.NULL))));
    }

    static Stream<Arguments> units() {
        return Stream.of(
                row("3.0", INT_FLOAT, number(3)),
                row("-2", FLOAT_INT, decimal(-2.9)),
                row("3298534883328", SIZE_BYTES, SIZE),
                row("1", SIZE_KIB, size(2047)),
                row("3072", SIZE_GIB, SIZE),
                row("90", DURATION_MINUTES, new Value.Time(Duration.ofMinutes(90))),
                row("125", RATE_MEGABYTES, new Value.Rate(1_000_000_000)),
                row("\"0640\"", MODE_OCTAL, new Value.Mode(0640)),
                row("true", CIDR_CONTAINS, TEN_NET, cidr("10.1.0.0", 16)),
                row("false", CIDR_CONTAINS, cidr("10.1.0.0", 16), TEN_NET),
                row("false", CIDR_CONTAINS_IP, TEN_NET, ip("::1")),
                row("10.0.0.0/8", CIDR_NETWORK, cidr("10.9.9.9", 8)),
                row("8", CIDR_PREFIX, TEN_NET),
                row("true", IP_IS_IPV6, ip("::1")),
                row("\"b\"", PATH_NAME, new Value.Path("/a/b")),
                row("\"/\"", PATH_PARENT, new Value.Path("/a")),
                row("\"/\"", PATH_PARENT, new Value.Path("/")));
    }

    static Stream<Arguments> collections() {
        Value list = list(number(3), number(1), number(3));
        Value none = list();
        Value map = table(text("b"), number(1), text("a"), number(2));
        return Stream.of(
                row("3", LIST_LENGTH, list),
                row("true", LIST_IS_EMPTY, none),
                row("3", LIST_FIRST, list),
                row("null", LIST_LAST, none),
                row("[1, 3, 3]", LIST_SORT, list),
                row("[3, 1]", LIST_UNIQUE, list),
                row("[3, 1, 3]", LIST_REVERSE, list),
                row("[1, 2]", LIST_FLATTEN, list(list(number(1)), list(), list(number(2)))),
                row("\"a, b\"", LIST_JOIN, list(text("a"), text("b")), text(", ")),
                row("[1, 3]", LIST_SLICE, list, number(1), number(9)),
                row("[]", LIST_SLICE, list, number(2), number(1)),
                row("1", LIST_INDEX_OF, list, number(1)),
                row("null", LIST_INDEX_OF, list, number(7)),
                row("7", LIST_SUM_INT, list),
                row("4TiB", LIST_SUM_SIZE, list(SIZE, size(TIB))),
                row("[1, 3]", LIST_TO_SET, list),
                row("[{ index = 0, value = \"a\" }]", LIST_INDEXED, list(text("a"))),
                row("true", LIST_CONTAINS, list, number(1)),
                row("2", SET_LENGTH, set(number(1), number(2), number(1))),
                row("[1, 2]", SET_SORT, set(number(2), number(1))),
                row("[\"b\", \"a\"]", MAP_KEYS, map),
                row("[1, 2]", MAP_VALUES, map),
                row("true", MAP_HAS, map, text("a")),
                row("[{ key = \"b\", value = 1 }, { key = \"a\", value = 2 }]", MAP_ENTRIES, map),
                row("{ \"b\" = 1 }", MAP_WITHOUT, map, list(text("a"), text("z"))),
                row("null", PROP_VALUE, new Value.Symbol("inherit")),
                row("1", PROP_VALUE, sourced(number(1), "local")),
                row("1", PROP_VALUE, new Value.Pinned(number(1))),
                row("\"local\"", PROP_SOURCE, sourced(number(1), "local")),
                row("\"pinned\"", PROP_SOURCE, new Value.Pinned(number(1))));
    }

    @ParameterizedTest
    @MethodSource({"operators", "makers", "texts", "units", "collections"})
    void aCallHasThisValue(String want, Builtin builtin, List<Value> values) {
        Term[] arguments = values.stream().map(Make::constant).toArray(Term[]::new);
        assertThat(Shown.literal(Terms.value(call(builtin, arguments), scope()))).isEqualTo(want);
    }

    static Stream<Arguments> refusals() {
        Value empty = text("");
        return Stream.of(
                row("too large to be counted", ADD, number(Long.MAX_VALUE), number(1)),
                row("too large to be counted", MULTIPLY, SIZE, number(Long.MAX_VALUE)),
                row("too large to be counted", NEGATE, number(Long.MIN_VALUE)),
                row("too large to be counted", DIVIDE, number(Long.MIN_VALUE), number(-1)),
                row("too large to be counted", SECONDS, number(Long.MAX_VALUE)),
                row("too large to be counted", ADD, ip("255.255.255.255"), number(1)),
                row("too large to be counted", SUBTRACT, ip("::"), number(1)),
                row("is less than nothing", SUBTRACT, size(1), size(2)),
                row("is less than nothing", MULTIPLY, SIZE, decimal(-1.5)),
                row("is less than nothing", MULTIPLY, new Value.Percent(-15), SIZE),
                row("is less than nothing", DIVIDE, SIZE, decimal(-2)),
                row("too large to be counted", DIVIDE, SIZE, decimal(1e-9)),
                row("too large to be counted", MULTIPLY, decimal(1e200), decimal(1e200)),
                row("from an IPv4 address to another", RANGE, ip("10.0.0.1"), ip("::1")),
                row("more than 1,000,000 elements", RANGE, ip("::"), ip("ffff::")),
                row("is no JSON: line 1: a number that is too large", TEXT_JSON, text("1e400")),
                row("division by zero", DIVIDE, number(1), number(0)),
                row("division by zero", DIVIDE, SIZE, size(0)),
                row("more than 1,000,000 elements", RANGE, number(Long.MIN_VALUE), number(Long.MAX_VALUE)),
                row("no element 2 in a list of 2: the first is 0, the last 1", INDEX, list(number(1), number(2)), number(2)),
                row("no element 0 in a list of 0", INDEX, list(), number(0)),
                row("prefix from 0 to 32, not 33", CIDR_OF, ip("10.0.0.1"), number(33)),
                row("is no network like 10.0.0.0/8", CIDR_PARSE, text("10.0.0.1")),
                row("is no IP address", IP_PARSE, text("localhost")),
                row("is no absolute path", PATH_PARSE, text("etc/motd")),
                row("is no regular expression", REGEX_PARSE, text("(")),
                row("is no version", VERSION_PARSE, text("bookworm")),
                row("is no mode", MODE_PARSE, text("rw-")),
                row("never negative", BYTES, number(-1)),
                row("cannot be split at nothing", TEXT_SPLIT, text("a"), empty),
                row("group that the pattern does not have", TEXT_REPLACE_MATCHES, text("a"), regex("a"), text("$1")),
                row("is no JSON: line 2", TEXT_JSON, text("{\n]")),
                row("is no JSON: line 1: it ends before it is complete", TEXT_JSON, text("[1, 2")),
                row("is no JSON: line 1: it is empty", TEXT_JSON, empty),
                row("cannot be repeated", TEXT_REPEAT, text("ab"), number(Long.MAX_VALUE)),
                row("no whole number", FLOAT_INT, decimal(1e300)),
                row("has no keys: it is a list", JSON_KEYS, list()),
                row("the disk is gone", FAIL, text("the disk is gone")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aCallThatHasNoValueSaysWhy(String reason, Builtin builtin, List<Value> values) {
        Term[] arguments = values.stream().map(Make::constant).toArray(Term[]::new);
        assertThatThrownBy(() -> Terms.value(call(builtin, arguments), scope()))
                .isInstanceOf(EvalFailure.class)
                .hasMessageContaining(reason);
    }

    private static String applied(Builtin builtin, Term... arguments) {
        return Shown.literal(Terms.value(call(builtin, arguments), scope()));
    }

    @Test
    void functionsOfFunctions() {
        Term list = constant(list(number(3), number(1), number(2)));
        Term next = lambda("x", call(ADD, local("x"), constant(number(1))));
        Term small = lambda("x", call(LESS, local("x"), constant(number(3))));
        assertThat(applied(LIST_MAP, list, next)).isEqualTo("[4, 2, 3]");
        assertThat(applied(LIST_FILTER, list, small)).isEqualTo("[1, 2]");
        assertThat(applied(LIST_FIND, list, small)).isEqualTo("1");
        assertThat(applied(LIST_SORT_BY, list, lambda("x", call(NEGATE, local("x"))))).isEqualTo("[3, 2, 1]");
        assertThat(applied(LIST_GROUP_BY, list, small)).isEqualTo("{ false = [3], true = [1, 2] }");
        assertThat(applied(LIST_FLAT_MAP, list, lambda("x", call(RANGE, constant(number(1)), local("x"))))).isEqualTo("[1, 2, 3, 1, 1, 2]");
        Term sum = new Term.Lambda(Make.span("(a, b) => a + b"), Basic.JSON, List.of("a", "b"), call(ADD, local("a"), local("b")));
        assertThat(applied(LIST_FOLD, list, constant(number(10)), sum)).isEqualTo("16");
    }

    @Test
    void ofAnUnknownArgumentTheResultIsUnknown() {
        Term later = constant(unknown("lxc.ct 113"));
        assertThat(applied(ADD, constant(text("10.1.0.")), later)).isEqualTo("10.1.0.(known after lxc.ct 113)");
        assertThat(applied(EQUAL, later, constant(number(1)))).isEqualTo("(known after lxc.ct 113)");
        assertThat(applied(LIST_JOIN, constant(list(text("a"), unknown("x"))), constant(text("-")))).isEqualTo("a-(known after x)");
        assertThat(applied(LIST_SORT, constant(list(number(1), unknown("x"))))).isEqualTo("(known after x)");
        assertThat(applied(LIST_FILTER, constant(list(number(1))), lambda("e", later))).isEqualTo("(known after lxc.ct 113)");
    }

    @Test
    void aListWithAnUnknownElementStillHasItsLength() {
        assertThat(applied(LIST_LENGTH, constant(list(number(1), unknown("x"))))).isEqualTo("2");
        assertThat(applied(INDEX, constant(list(number(1), unknown("x"))), constant(number(0)))).isEqualTo("1");
    }

    @Test
    void whatIsMadeOfASecretIsOne() {
        Term secret = constant(new Value.Secret(text("hunter2")));
        assertThat(Terms.value(call(TEXT_SHA256, secret), scope())).isInstanceOf(Value.Secret.class).hasToString("(secret)");
        assertThat(Terms.value(call(TEXT_CONTAINS, secret, constant(text("2"))), scope())).isEqualTo(new Value.Bool(true));
    }

    @Test
    void everyBuiltinHasACaseHere() {
        var tried = Stream.of(operators(), makers(), texts(), units(), collections(), refusals())
                .flatMap(rows -> rows)
                .map(row -> (Builtin) row.get()[1]);
        var elsewhere = Stream.of(
                LIST_MAP, LIST_FLAT_MAP, LIST_FILTER, LIST_FIND, LIST_FOLD, LIST_SORT_BY, LIST_GROUP_BY, TEMPLATE, FILE_AT,
                NOT_INSTALLED);
        assertThat(Stream.concat(tried, elsewhere).distinct().toList())
                .containsAll(Arrays.stream(Builtin.values()).filter(b -> !ALIKE.contains(b)).toList());
    }

    /** Done by the same code as another one that has a case. */
    private static final List<Builtin> ALIKE = List.of(
            TEXT_ENDS_WITH, TEXT_CONTAINS, SIZE_MIB, DURATION_SECONDS, RATE_BITS, PERCENT_VALUE, CIDR_ADDRESS, SET_IS_EMPTY,
            SET_CONTAINS, SET_TO_LIST, SET_MAP, SET_FILTER, MAP_LENGTH, MAP_IS_EMPTY);
}
