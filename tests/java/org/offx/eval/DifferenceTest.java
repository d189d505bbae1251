package org.offx.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.offx.eval.Make.attribute;
import static org.offx.eval.Make.call;
import static org.offx.eval.Make.lambda;
import static org.offx.eval.Make.list;
import static org.offx.eval.Make.local;
import static org.offx.eval.Make.number;
import static org.offx.eval.Make.same;
import static org.offx.eval.Make.set;
import static org.offx.eval.Make.struct;
import static org.offx.eval.Make.table;
import static org.offx.eval.Make.text;
import static org.offx.eval.Make.unknown;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.offx.check.Builtin;
import org.offx.check.Definition.AttributeDef;
import org.offx.check.Definition.Role;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Shown;
import org.offx.value.Value;

/** What differs, by the type of the attribute and by its role: one attribute {@code a}, a row for each case. */
final class DifferenceTest {

    private static final Type PROP = new Type.Prop(Basic.STRING);
    private static final Value NULL = Value.Nothing.NULL;
    private static final Value INHERIT = new Value.Symbol("inherit");
    private static final String OK = "";

    private static Value local0(Value value) {
        return new Value.Sourced(value, "local");
    }

    private static Value inherited(Value value) {
        return new Value.Sourced(value, "inherited from rpool");
    }

    private static Arguments row(String want, Type type, Value desired, Value observed) {
        return arguments(want, type, desired, observed);
    }

    static Stream<Arguments> managed() {
        Value zstd = text("zstd");
        Value pinned = new Value.Pinned(zstd);
        Type map = new Type.MapOf(Basic.STRING, new Type.Struct("Net"));
        Value eth0 = struct("mtu", number(9000), "mac", NULL);
        Value seen = struct("mtu", number(1500), "mac", text("02:…"));
        return Stream.of(
                row(OK, Basic.SIZE, new Value.Size(21_990_232_555_520L), new Value.Size(20L << 40)),
                row("a: 1 -> 2", Basic.INT, number(2), number(1)),
                row("a: null -> 2", Basic.INT, number(2), NULL),
                row("a: 1GiB -> none", Basic.SIZE, new Value.Symbol("none"), new Value.Size(1 << 30)),
                row("a: 1 -> (known after ct)", Basic.INT, unknown("ct"), number(1)),
                // A property: a bare value holds wherever it comes from.
                row(OK, PROP, zstd, inherited(zstd)),
                row(OK, PROP, zstd, zstd),
                row("a: \"lz4\" (inherited from rpool) -> \"zstd\"", PROP, zstd, inherited(text("lz4"))),
                row(OK, PROP, pinned, local0(zstd)),
                row("a: \"zstd\" (inherited from rpool) -> pinned(\"zstd\")", PROP, pinned, inherited(zstd)),
                row("a: \"zstd\" (received) -> pinned(\"zstd\")", PROP, pinned, new Value.Sourced(zstd, "received")),
                row(OK, PROP, INHERIT, inherited(zstd)),
                row(OK, PROP, INHERIT, new Value.Sourced(zstd, "default")),
                row("a: \"zstd\" -> inherit", PROP, INHERIT, local0(zstd)),
                row("a: \"zstd\" (received) -> inherit", PROP, INHERIT, new Value.Sourced(zstd, "received")),
                // Lists are ordered, sets are not, both are exact.
                row("a: [2, 1] -> [1, 2]", new Type.ListOf(Basic.INT), list(number(1), number(2)), list(number(2), number(1))),
                row(OK, new Type.SetOf(Basic.INT), set(number(1), number(2)), set(number(2), number(1))),
                row(OK, new Type.SetOf(Basic.INT), set(number(1), number(2)), list(number(2), number(1))),
                row("a: [1, 2, 3] -> [1, 2]", new Type.SetOf(Basic.INT), set(number(1), number(2)), set(number(1), number(2), number(3))),
                row(OK, new Type.SetOf(Basic.JSON), set(struct("m", number(1), "x", NULL)), set(struct("m", number(1), "x", number(7)))),
                row(OK, new Type.SetOf(Basic.JSON), set(struct("m", number(1), "x", NULL), struct("m", number(1), "x", number(2))),
                        set(struct("m", number(1), "x", number(2)), struct("m", number(1), "x", number(3)))),
                // Maps: what is declared, field by field; the rest is surplus.
                row("a[\"eth0\"].mtu: 1500 -> 9000", map, table(text("eth0"), eth0), table(text("eth0"), seen)),
                row("a[\"eth0\"]: null -> { mtu = 9000 }", map, table(text("eth0"), eth0), table()),
                row("surplus a[\"eth1\"]", map, table(text("eth0"), eth0), table(text("eth0"), eth0, text("eth1"), seen)),
                row(OK, map, table(text("eth0"), new Value.Symbol("absent")), table()),
                row("a[\"eth0\"]: { mtu = 9000 } -> absent", map, table(text("eth0"), new Value.Symbol("absent")), table(text("eth0"), eth0)),
                // A record: field by field, as far as declared.
                row("a.mtu: 1500 -> 9000", new Type.Struct("Net"), eth0, seen),
                // Two truths must both hold.
                row(OK, Basic.INT, number(9000), new Value.Both(number(9000), number(9000))),
                row("a: 9000 (after a reboot: 1500) -> 9000", Basic.INT, number(9000), new Value.Both(number(9000), number(1500))),
                row("a: 9000 (after a reboot: not set) -> 9000", Basic.INT, number(9000), new Value.Both(number(9000), NULL)));
    }

    @ParameterizedTest
    @MethodSource("managed")
    void byType(String want, Type type, Value desired, Value observed) {
        assertThat(difference(attribute("a", type), desired, observed)).isEqualTo(want);
    }

    @Test
    void onlyMakesAMapExact() {
        Value there = table(text("x"), number(1), text("y"), number(2));
        AttributeDef map = attribute("a", new Type.MapOf(Basic.STRING, Basic.INT));
        assertThat(difference(map, table(text("x"), number(1)), there, "a")).isEqualTo("a[\"y\"]: 2 -> null");
    }

    @Test
    void whatIsNotManagedIsNotCompared() {
        for (Role role : List.of(new Role.ReadOnly(), new Role.Option(), new Role.AtCreate())) {
            assertThat(difference(attribute("a", Basic.INT, role), number(2), number(1))).as("%s", role).isEmpty();
        }
    }

    @Test
    void aFixedAttributeSaysWhatToDoInstead() {
        Role fixed = new Role.Fixed(Make.template("copy it: it is ", Make.field(local("observed"), "a")));
        assertThat(difference(attribute("a", Basic.INT, fixed), number(2), number(1))).isEqualTo("a: 1 -> 2, instead: copy it: it is 1");
    }

    @Test
    void sameByIsAskedOfBothSidesAndNotOfNull() {
        AttributeDef upper = same(attribute("a", PROP), lambda("it", call(Builtin.TEXT_LOWER, local("it"))));
        assertThat(difference(upper, text("POSIX"), inherited(text("posix")))).isEmpty();
        assertThat(difference(upper, new Value.Pinned(text("POSIX")), inherited(text("posix"))))
                .isEqualTo("a: \"posix\" (inherited from rpool) -> pinned(\"POSIX\")");
        assertThat(difference(upper, text("POSIX"), NULL)).isEqualTo("a: null -> \"POSIX\"");
        assertThat(difference(upper, text("off"), new Value.Both(text("OFF"), text("Off")))).isEmpty();
    }

    @Test
    void aSecretStaysOne() {
        assertThat(difference(attribute("a", Basic.STRING), new Value.Secret(text("new")), text("old"))).isEqualTo("a: (secret) -> (secret)");
        assertThat(difference(attribute("a", Basic.STRING), new Value.Secret(text("new")), text("new"))).isEmpty();
        assertThat(difference(attribute("a", Basic.STRING), new Value.Secret(text("new")), new Value.Secret(text("new")))).isEmpty();
        assertThat(new Value.Secret(new Value.Secret(text("x")))).as("no deeper secret").isEqualTo(new Value.Secret(text("x")));
    }

    @Test
    void whatIsLeftOutIsNobodysBusiness() {
        Task task = Make.task(Make.resource("r", attribute("a", Basic.INT)), "k", (Value.Struct) struct());
        assertThat(Difference.of(task, Map.of("a", number(1)), ResourceScopes.of(task, Make.scope())).isEmpty()).isTrue();
    }

    private static String difference(AttributeDef attribute, Value desired, Value observed, String... only) {
        Task task = Make.task(Make.resource("r", attribute), "k", (Value.Struct) struct("a", desired), only);
        SequencedMap<String, Value> there = new LinkedHashMap<>(Map.of("a", observed));
        Changes changes = Difference.of(task, there, ResourceScopes.of(task, Make.scope()));
        return Stream.concat(
                        changes.attributes().stream().map(c -> c.path() + ": " + Shown.literal(c.before()) + " -> " + Shown.literal(c.after())
                                + c.instead().map(text -> ", instead: " + text).orElse("")),
                        changes.surplus().stream().map(path -> "surplus " + path))
                .collect(Collectors.joining("; "));
    }
}
