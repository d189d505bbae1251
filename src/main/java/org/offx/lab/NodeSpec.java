package org.offx.lab;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A node that a lab shall have: its name, the name of its NIC in the vRack, and its place K in the addresses
 * {@code 10.0.0.K/8} and {@code fd00:ff::K/64}, K from 1 to 254.
 */
public record NodeSpec(String name, String nic, int place) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,11}");
    private static final Pattern NIC = Pattern.compile("[a-z][a-z0-9]{0,14}");

    /** The four machines of the Open Food Facts cluster. */
    public static final List<NodeSpec> CLUSTER = List.of(
            new NodeSpec("ovh1", "enp5s0f1", 1),
            new NodeSpec("ovh2", "enp5s0f1", 2),
            new NodeSpec("ovh3", "eno2", 3),
            new NodeSpec("ovh4", "eno2", 4));

    /**
     * @throws IllegalArgumentException if the name is not 1 to 12 lower-case letters, digits and hyphens (the kernel
     *     allows 15 characters for the name of an interface, and the vRack's end is called {@code v-NAME}), if the NIC's
     *     name is not one, or if the place lies outside 1 to 254
     */
    public NodeSpec {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a lab node is named with 1 to 12 lower-case letters, digits and hyphens, a letter first: " + name);
        }
        if (!NIC.matcher(nic).matches()) {
            throw new IllegalArgumentException("not the name of a network interface: " + nic);
        }
        if (place < 1 || place > 254) {
            throw new IllegalArgumentException("the place of a lab node is a number from 1 to 254: " + place);
        }
    }

    public String ipv4() {
        return "10.0.0." + place;
    }

    public String ipv6() {
        return "fd00:ff::" + Integer.toHexString(place);
    }
}
