package org.offx.eval;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.offx.check.Builtin;
import org.offx.check.Term;
import org.offx.value.Value;

/**
 * What each builtin does; one line each, the work is done by family. Of an unknown argument the result is unknown; most
 * need to know all of an argument, some only how it is built ({@link #NEED_ONLY_THE_SHAPE}). What is made of a secret is one.
 */
final class Builtins {

    /** These do not look into the elements that they are given. */
    private static final Set<Builtin> NEED_ONLY_THE_SHAPE = EnumSet.of(
            Builtin.ADD, Builtin.INDEX, Builtin.PINNED, Builtin.SOURCED, Builtin.BOTH, Builtin.PROP_VALUE, Builtin.PROP_SOURCE,
            Builtin.LIST_LENGTH, Builtin.LIST_IS_EMPTY, Builtin.LIST_FIRST, Builtin.LIST_LAST, Builtin.LIST_MAP,
            Builtin.LIST_FLAT_MAP, Builtin.LIST_FILTER, Builtin.LIST_FIND, Builtin.LIST_FOLD, Builtin.LIST_REVERSE,
            Builtin.LIST_FLATTEN, Builtin.LIST_JOIN, Builtin.LIST_SLICE, Builtin.LIST_INDEXED, Builtin.SET_IS_EMPTY,
            Builtin.SET_TO_LIST, Builtin.SET_MAP, Builtin.SET_FILTER, Builtin.MAP_LENGTH, Builtin.MAP_IS_EMPTY,
            Builtin.MAP_KEYS, Builtin.MAP_VALUES, Builtin.MAP_HAS, Builtin.MAP_ENTRIES, Builtin.MAP_WITHOUT, Builtin.TEMPLATE,
            Builtin.FAIL);

    private Builtins() {}

    static Value value(Term.BuiltinCall term, List<Value> arguments, Scope scope) {
        if (hasSecret(arguments)) {
            List<Value> opened = arguments.stream().map(Value.Secret::open).toList();
            Value result = value(term, opened, scope);
            return result instanceof Value.Bool ? result : new Value.Secret(result);
        }
        Optional<Value.Unknown> unknown = NEED_ONLY_THE_SHAPE.contains(term.builtin())
                ? Unknowns.among(arguments)
                : Unknowns.in(arguments);
        Call call = new Call(term, arguments, scope);
        return unknown.isPresent() && term.builtin() != Builtin.FAIL
                ? ofUnknown(call, unknown.get())
                : known(call);
    }

    private static boolean hasSecret(List<Value> arguments) {
        for (Value argument : arguments) {
            if (argument instanceof Value.Secret) {
                return true;
            }
        }
        return false;
    }

    /** A text with an unknown part still shows its other parts. */
    private static Value ofUnknown(Call call, Value.Unknown unknown) {
        boolean joinsTexts = call.term().builtin() == Builtin.ADD
                && call.arguments().stream().allMatch(a -> a instanceof Value.Text || a instanceof Value.Unknown);
        return joinsTexts ? new Value.Unknown(unknown.origin(), call.text(0) + call.text(1)) : unknown;
    }

    /** What is not there is neither smaller nor larger than anything. */
    private static Value compared(Call call, IntPredicate wanted) {
        boolean comparable = !call.arguments().contains(Value.Nothing.NULL);
        return new Value.Bool(comparable && wanted.test(Order.compare(call.argument(0), call.argument(1))));
    }

    private static Value known(Call call) {
        return switch (call.term().builtin()) {
            case ADD -> Arithmetic.add(call);
            case SUBTRACT -> Arithmetic.subtract(call);
            case MULTIPLY -> Arithmetic.multiply(call);
            case DIVIDE -> Arithmetic.divide(call);
            case NEGATE -> Arithmetic.negate(call);
            case RANGE -> Arithmetic.range(call);
            case NOT -> new Value.Bool(!((Value.Bool) call.argument(0)).value());
            case EQUAL -> new Value.Bool(Order.same(call.argument(0), call.argument(1)));
            case NOT_EQUAL -> new Value.Bool(!Order.same(call.argument(0), call.argument(1)));
            case LESS -> compared(call, order -> order < 0);
            case LESS_OR_EQUAL -> compared(call, order -> order <= 0);
            case GREATER -> compared(call, order -> order > 0);
            case GREATER_OR_EQUAL -> compared(call, order -> order >= 0);
            case IN -> Lists.in(call);
            case MATCHES -> Texts.matches(call);
            case INDEX -> Lists.index(call);

            case PINNED -> new Value.Pinned(call.argument(0));
            case SOURCED -> new Value.Sourced(call.argument(0), call.text(1));
            case BOTH -> new Value.Both(call.argument(0), call.argument(1));
            case CIDR_OF -> Addresses.cidr(call);
            case CIDR_PARSE -> Addresses.parseCidr(call);
            case IP_PARSE -> Addresses.parseIp(call);
            case PATH_PARSE -> Addresses.parsePath(call);
            case REGEX_PARSE -> Texts.regex(call);
            case VERSION_PARSE -> Texts.version(call);
            case MODE_PARSE -> Texts.mode(call);
            case BYTES -> new Value.Size(Numbers.natural(call));
            case SECONDS -> Numbers.seconds(call);
            case BITS_PER_SECOND -> new Value.Rate(Numbers.natural(call));
            case MIN -> Order.compare(call.argument(0), call.argument(1)) <= 0 ? call.argument(0) : call.argument(1);
            case MAX -> Order.compare(call.argument(0), call.argument(1)) >= 0 ? call.argument(0) : call.argument(1);
            case TEMPLATE -> FileTemplate.value(call);
            case FAIL -> throw EvalFailure.deliberate(call.term().span(), call.text(0));
            case NOT_INSTALLED -> throw new NoAnswer(new Undecided.NotInstalled(call.text(0)));
            case NODE_NAMED -> call.scope().world().node(call.text(0)).isPresent()
                    ? new Value.NodeName(call.text(0))
                    : Value.Nothing.NULL;
            case FILE_AT -> Probing.file(call);

            case TEXT_LENGTH -> new Value.Int(Texts.length(call.text(0)));
            case TEXT_LINES -> Texts.list(Texts.lines(call.text(0)));
            case TEXT_WORDS -> Texts.list(Texts.words(call.text(0)));
            case TEXT_SPLIT -> Texts.split(call);
            case TEXT_TRIM -> new Value.Text(call.text(0).strip());
            case TEXT_UPPER -> new Value.Text(call.text(0).toUpperCase(Locale.ROOT));
            case TEXT_LOWER -> new Value.Text(call.text(0).toLowerCase(Locale.ROOT));
            case TEXT_REPLACE -> Texts.replace(call);
            case TEXT_REPLACE_MATCHES -> Texts.replaceMatches(call);
            case TEXT_STARTS_WITH -> new Value.Bool(call.text(0).startsWith(call.text(1)));
            case TEXT_ENDS_WITH -> new Value.Bool(call.text(0).endsWith(call.text(1)));
            case TEXT_CONTAINS -> new Value.Bool(call.text(0).contains(call.text(1)));
            case TEXT_AFTER -> Texts.after(call);
            case TEXT_BEFORE -> Texts.before(call);
            case TEXT_MATCH -> Texts.match(call);
            case TEXT_MATCHES_ALL -> Texts.matchAll(call);
            case TEXT_INT -> Numbers.parseInt(call.text(0));
            case TEXT_FLOAT -> Numbers.parseFloat(call.text(0));
            case TEXT_JSON -> Texts.json(call);
            case TEXT_REPEAT -> Texts.repeat(call);
            case TEXT_SHA256 -> Texts.sha256(call);

            case INT_FLOAT -> new Value.Decimal(call.integer(0));
            case FLOAT_INT -> Numbers.truncated(call);
            case SIZE_BYTES -> new Value.Int(Numbers.bytes(call));
            case SIZE_KIB -> new Value.Int(Numbers.bytes(call) >> 10);
            case SIZE_MIB -> new Value.Int(Numbers.bytes(call) >> 20);
            case SIZE_GIB -> new Value.Int(Numbers.bytes(call) >> 30);
            case DURATION_SECONDS -> new Value.Int(Numbers.time(call).toSeconds());
            case DURATION_MINUTES -> new Value.Int(Numbers.time(call).toMinutes());
            case RATE_BITS -> new Value.Int(Numbers.bits(call));
            case RATE_MEGABYTES -> new Value.Int(Numbers.bits(call) / 8_000_000);
            case PERCENT_VALUE -> new Value.Decimal(((Value.Percent) call.argument(0)).value());
            case MODE_OCTAL -> new Value.Text(Numbers.octal(((Value.Mode) call.argument(0)).bits()));

            case CIDR_CONTAINS_IP -> new Value.Bool(Addresses.contains(call.argument(0), call.argument(1)));
            case CIDR_CONTAINS -> new Value.Bool(Addresses.contains(call.argument(0), call.argument(1)));
            case CIDR_ADDRESS -> new Value.Ip(((Value.Cidr) call.argument(0)).address());
            case CIDR_PREFIX -> new Value.Int(((Value.Cidr) call.argument(0)).prefix());
            case CIDR_NETWORK -> Addresses.network((Value.Cidr) call.argument(0));
            case IP_IS_IPV6 -> new Value.Bool(!((Value.Ip) call.argument(0)).address().isIpv4());
            case PATH_NAME -> new Value.Text(Addresses.name(call.text(0)));
            case PATH_PARENT -> new Value.Path(Addresses.parent(call.text(0)));

            case LIST_LENGTH, SET_LENGTH -> new Value.Int(call.elements(0).size());
            case LIST_IS_EMPTY, SET_IS_EMPTY -> new Value.Bool(call.elements(0).isEmpty());
            case LIST_FIRST -> call.elements(0).isEmpty() ? Value.Nothing.NULL : call.elements(0).getFirst();
            case LIST_LAST -> call.elements(0).isEmpty() ? Value.Nothing.NULL : call.elements(0).getLast();
            case LIST_CONTAINS, SET_CONTAINS -> new Value.Bool(Lists.contains(call.argument(0), call.argument(1)));
            case LIST_MAP, SET_MAP -> new Value.Items(Lists.map(call));
            case LIST_FLAT_MAP -> Lists.flatten(Lists.map(call));
            case LIST_FILTER -> Lists.filter(call, Value.Items::new);
            case SET_FILTER -> Lists.filter(call, Aggregates::set);
            case LIST_FIND -> Lists.find(call);
            case LIST_FOLD -> Lists.fold(call);
            case LIST_SORT, SET_SORT -> new Value.Items(Lists.sorted(call.elements(0)));
            case LIST_SORT_BY -> Lists.sortBy(call);
            case LIST_REVERSE -> new Value.Items(call.elements(0).reversed());
            case LIST_UNIQUE -> new Value.Items(Lists.unique(call.elements(0)));
            case LIST_FLATTEN -> Lists.flatten(call.elements(0));
            case LIST_JOIN -> Lists.join(call);
            case LIST_SLICE -> Lists.slice(call);
            case LIST_INDEX_OF -> Lists.indexOf(call);
            case LIST_SUM_INT, LIST_SUM_SIZE -> Arithmetic.sum(call);
            case LIST_TO_SET -> Aggregates.set(call.elements(0));
            case LIST_INDEXED -> Lists.indexed(call);
            case LIST_GROUP_BY -> Lists.groupBy(call);
            case SET_TO_LIST -> new Value.Items(call.elements(0));

            case MAP_LENGTH -> new Value.Int(call.entries(0).size());
            case MAP_IS_EMPTY -> new Value.Bool(call.entries(0).isEmpty());
            case MAP_KEYS -> new Value.Items(List.copyOf(call.entries(0).keySet()));
            case MAP_VALUES -> new Value.Items(List.copyOf(call.entries(0).values()));
            case MAP_HAS -> new Value.Bool(call.entries(0).containsKey(call.argument(1)));
            case MAP_ENTRIES -> new Value.Items(Lists.elements(call.argument(0)));
            case MAP_WITHOUT -> Lists.without(call);

            case PROP_VALUE -> Order.plain(call.argument(0)).equals(Value.Symbol.INHERIT) ? Value.Nothing.NULL : Order.plain(call.argument(0));
            case PROP_SOURCE -> new Value.Text(Order.source(call.argument(0)));

            case JSON_KEYS -> Texts.jsonKeys(call);
            case JSON_TEXT -> Texts.jsonText(call);
        };
    }
}
