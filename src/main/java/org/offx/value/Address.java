package org.offx.value;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.StringJoiner;

/** An IPv4 or IPv6 address: its bits. No name is ever looked up. */
public final class Address implements Comparable<Address> {

    private final byte[] bits;

    private Address(byte[] bits) {
        this.bits = bits;
    }

    /** Reads a literal; empty where the text is none. A leading zero ({@code 010.0.0.1}) is refused, being octal to some. */
    public static Optional<Address> parse(String text) {
        boolean four = text.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
        if (!four && (!text.contains(":") || text.contains("%") || text.contains("["))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Address(InetAddress.ofLiteral(text).getAddress()));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
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
