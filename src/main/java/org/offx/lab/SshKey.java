package org.offx.lab;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * A new ECDSA key (NIST P-256) in the forms of OpenSSH: the one kind of key that OpenSSH, MINA SSHD and sshj all take
 * without a library of their own for it. The private form is {@code openssh-key-v1} without a passphrase, as described
 * in OpenSSH's PROTOCOL.key.
 */
record SshKey(String publicLine, String privateText) {

    private static final String TYPE = "ecdsa-sha2-nistp256";
    private static final String CURVE = "nistp256";
    private static final int FIELD_BYTES = 32;
    private static final int BLOCK = 8;

    static SshKey generate(String comment) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            var blob = publicBlob((ECPublicKey) pair.getPublic());
            var secret = ((ECPrivateKey) pair.getPrivate()).getS();
            return new SshKey(
                    TYPE + " " + Base64.getEncoder().encodeToString(blob) + " " + comment,
                    privateText(blob, point((ECPublicKey) pair.getPublic()), secret, comment));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has the curve secp256r1", missing);
        }
    }

    /** Writes the private key to {@code file}, readable by its owner only, and the public one beside it ({@code .pub}). */
    void write(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, privateText);
        Files.writeString(file.resolveSibling(file.getFileName() + ".pub"), publicLine + "\n");
    }

    private static byte[] publicBlob(ECPublicKey key) {
        return bytes(out -> {
            string(out, TYPE);
            string(out, CURVE);
            string(out, point(key));
        });
    }

    private static String privateText(byte[] publicBlob, byte[] point, BigInteger secret, String comment) {
        var hidden = bytes(out -> {
            // The check number, twice, tells a reader that it decrypted right; nothing is encrypted here.
            out.writeInt(0x6f666678);
            out.writeInt(0x6f666678);
            string(out, TYPE);
            string(out, CURVE);
            string(out, point);
            string(out, secret.toByteArray());
            string(out, comment);
            for (int padding = 1; out.size() % BLOCK != 0; padding++) {
                out.writeByte(padding);
            }
        });
        var whole = bytes(out -> {
            out.write("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
            string(out, "none");
            string(out, "none");
            string(out, "");
            out.writeInt(1);
            string(out, publicBlob);
            string(out, hidden);
        });
        var encoder = Base64.getMimeEncoder(70, new byte[] {'\n'});
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + encoder.encodeToString(whole)
                + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    /** The point in its uncompressed form (SEC 1, 2.3.3): 4, x, y. */
    private static byte[] point(ECPublicKey key) {
        var bytes = new byte[1 + 2 * FIELD_BYTES];
        bytes[0] = 4;
        putField(bytes, 1, key.getW().getAffineX());
        putField(bytes, 1 + FIELD_BYTES, key.getW().getAffineY());
        return bytes;
    }

    private static void putField(byte[] target, int from, BigInteger number) {
        var bytes = number.toByteArray();
        int length = Math.min(bytes.length, FIELD_BYTES);
        System.arraycopy(bytes, bytes.length - length, target, from + FIELD_BYTES - length, length);
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        var buffer = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(buffer)) {
            writing.to(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return buffer.toByteArray();
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        string(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void string(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
