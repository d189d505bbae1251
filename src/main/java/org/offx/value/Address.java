package org.offx.value;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** An IPv4 or IPv6 address: its bits. No name is ever looked up. */
public final class Address implements Comparable<Address> {

    private static final Pattern DOTTED = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

    private final byte[] bits;

    private Address(byte[] bits) {
        this.bits = bits;
    }

    /**
     * Reads a literal, for IPv6 as RFC 4291, section 2.2, writes it; empty where the text is none. A leading zero in a
     * dotted part ({@code 010.0.0.1}) is refused, being octal to some; a zone ({@code fe80::1%eth0}) is no part of it.
     */
    public static Optional<Address> parse(String text) {
        return (text.contains(":") ? colons(text) : dotted(text)).map(Address::new);
    }

    private static Optional<byte[]> dotted(String text) {
        if (!DOTTED.matcher(text).matches()) {
            return Optional.empty();
        }
        byte[] bits = new byte[4];
        int next = 0;
        for (String part : text.split("\\.")) {
            int value = Integer.parseInt(part);
            if (value > 255) {
                return Optional.empty();
            }
            bits[next++] = (byte) value;
        }
        return Optional.of(bits);
    }

    private static Optional<byte[]> colons(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true).filter(bits -> bits.length == 16);
        }
        return groups(text.substring(0, gap), false).flatMap(head -> groups(text.substring(gap + 2), true)
                .filter(tail -> head.length + tail.length <= 14)
                .map(tail -> {
                    byte[] bits = Arrays.copyOf(head, 16);
                    System.arraycopy(tail, 0, bits, 16 - tail.length, tail.length);
                    return bits;
                }));
    }

    /** The bits of groups between colons; the last group of an address may be dotted. */
    private static Optional<byte[]> groups(String text, boolean last) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        String[] groups = text.split(":", -1);
        ByteArrayOutputStream bits = new ByteArrayOutputStream();
        for (int i = 0; i < groups.length; i++) {
            if (GROUP.matcher(groups[i]).matches()) {
                int value = Integer.parseInt(groups[i], 16);
                bits.write(value >> 8);
                bits.write(value);
            } else {
                Optional<byte[]> dotted = last && i == groups.length - 1 ? dotted(groups[i]) : Optional.empty();
                if (dotted.isEmpty()) {
                    return Optional.empty();
                }
                bits.writeBytes(dotted.get());
            }
        }
        return Optional.of(bits.toByteArray());
    }

    /** The address with that number, of 32 or 128 bits; empty where the number has more or is negative. */
    public static Optional<Address> of(BigInteger number, int width) {
        if (number.signum() < 0 || number.bitLength() > width) {
            return Optional.empty();
        }
        byte[] digits = number.toByteArray();
        byte[] bits = new byte[width / 8];
        int count = Math.min(digits.length, bits.length);
        System.arraycopy(digits, digits.length - count, bits, bits.length - count, count);
        return Optional.of(new Address(bits));
    }

    /** The bits as a number. */
    public BigInteger number() {
        return new BigInteger(1, bits);
    }

    public boolean isIpv4() {
        return bits.length == 4;
    }

    /** 32 or 128. */
    public int width() {
        return bits.length * 8;
    }

    /** The address with all but its first {@code prefix} bits cleared. */
    public Address network(int prefix) {
        byte[] masked = bits.clone();
        for (int i = 0; i < masked.length; i++) {
            int keep = Math.clamp(prefix - i * 8L, 0, 8);
            masked[i] &= (byte) (0xff << (8 - keep));
        }
        return new Address(masked);
    }

    @Override
    public int compareTo(Address other) {
        int byWidth = Integer.compare(bits.length, other.bits.length);
        return byWidth != 0 ? byWidth : Arrays.compareUnsigned(bits, other.bits);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address address && Arrays.equals(bits, address.bits);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bits);
    }

    /** The canonical text, for IPv6 as RFC 5952 asks: lower case, the longest run of zeros as {@code ::}. */
    @Override
    public String toString() {
        return isIpv4() ? dotted() : colons();
    }

    private String dotted() {
        StringJoiner text = new StringJoiner(".");
        for (byte b : bits) {
            text.add(Integer.toString(b & 0xff));
        }
        return text.toString();
    }

    private String colons() {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bits[2 * i] & 0xff) << 8 | bits[2 * i + 1] & 0xff;
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && groups[i + run] == 0) {
                run++;
            }
            if (run > length) {
                start = i;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(text.isEmpty() || text.toString().endsWith(":") ? "" : ":");
                text.append(HexFormat.of().toHexDigits((short) groups[i]).replaceFirst("^0{1,3}", ""));
            }
        }
        return text.toString();
    }
}
