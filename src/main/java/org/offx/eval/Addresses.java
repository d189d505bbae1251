package org.offx.eval;

import java.math.BigInteger;
import org.offx.value.Address;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Addresses, networks and paths. */
final class Addresses {

    private Addresses() {}

    static boolean contains(Value network, Value inner) {
        Value.Cidr outer = (Value.Cidr) network;
        return switch (inner) {
            case Value.Ip(Address address) -> covers(outer, address);
            case Value.Cidr(Address address, int prefix) -> prefix >= outer.prefix() && covers(outer, address);
            default -> throw new IllegalStateException("no address: " + inner);
        };
    }

    private static boolean covers(Value.Cidr network, Address address) {
        return network.address().width() == address.width()
                && address.network(network.prefix()).equals(network.address().network(network.prefix()));
    }

    static Value network(Value.Cidr cidr) {
        return new Value.Cidr(cidr.address().network(cidr.prefix()), cidr.prefix());
    }

    static Value cidr(Call call) {
        Address address = ((Value.Ip) call.argument(0)).address();
        long prefix = call.integer(1);
        if (prefix < 0 || prefix > address.width()) {
            throw call.failure("a network of " + address + " has a prefix from 0 to " + address.width() + ", not " + prefix);
        }
        return new Value.Cidr(address, (int) prefix);
    }

    static Value parseCidr(Call call) {
        return Value.Cidr.parse(call.text(0)).orElseThrow(
                () -> call.failure(Shown.literal(call.argument(0)) + " is no network like 10.0.0.0/8"));
    }

    static Value parseIp(Call call) {
        return Address.parse(call.text(0)).map(Value.Ip::new).orElseThrow(
                () -> call.failure(Shown.literal(call.argument(0)) + " is no IP address"));
    }

    static Value parsePath(Call call) {
        return Value.Path.parse(call.text(0)).orElseThrow(
                () -> call.failure(Shown.literal(call.argument(0)) + " is no absolute path: it does not start with /"));
    }

    /** Counts on from an address; an address outside of its family is an error. */
    static Value plus(Call call, Address address, BigInteger count) {
        BigInteger sum = address.number().add(count);
        return Address.of(sum, address.width()).map(Value.Ip::new).orElseThrow(call::overflow);
    }

    /** Both ends are part of it; empty where the first is larger. */
    static Value range(Call call, Address from, Address to) {
        if (from.width() != to.width()) {
            throw call.failure("a range goes from an IPv4 address to another, or from an IPv6 address to another");
        }
        return new Value.Items(Arithmetic.steps(call, from.number(), to.number())
                .mapToObj(step -> plus(call, from, BigInteger.valueOf(step)))
                .toList());
    }

    /** What stands behind the last slash; nothing for the root. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
