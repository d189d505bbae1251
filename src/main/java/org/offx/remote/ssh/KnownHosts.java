package org.offx.remote.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The host keys that files in the format of sshd(8), SSH_KNOWN_HOSTS FILE FORMAT, tell of one host. */
record KnownHosts(List<Entry> entries) {

    private static final String HASHED = "|1|";

    /**
     * @param revoked marked {@code @revoked}: the key is never to be believed
     * @param key the key as the protocol encodes it
     */
    record Entry(Path file, int line, boolean revoked, String type, byte[] key) {
        String place() {
            return file + ":" + line;
        }

        boolean is(byte[] other) {
            return Arrays.equals(key, other);
        }
    }

    /** @param name as {@link SshSettings#knownAs} */
    static KnownHosts of(List<Path> files, String name) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                int number = 0;
                for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                    entry(file, ++number, line.strip(), name, entries);
                }
            }
        }
        return new KnownHosts(List.copyOf(entries));
    }

    /** Lines that are damaged, and authorities over host certificates, which are not used, are passed over. */
    private static void entry(Path file, int number, String line, String name, List<Entry> entries) {
        if (line.isEmpty() || line.startsWith("#") || line.startsWith("@cert-authority")) {
            return;
        }
        boolean revoked = line.startsWith("@revoked");
        String[] words = (revoked ? line.substring("@revoked".length()).strip() : line).split("\\s+");
        if (words.length >= 3 && matches(words[0], name)) {
            try {
                entries.add(new Entry(file, number, revoked, words[1], Base64.getDecoder().decode(words[2])));
            } catch (IllegalArgumentException e) {
                // Not a key.
            }
        }
    }

    static boolean matches(String hosts, String name) {
        if (!hosts.startsWith(HASHED)) {
            return SshConfig.matchesHost(List.of(hosts.split(",")), name);
        }
        String[] parts = hosts.substring(HASHED.length()).split("\\|");
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[0]), "HmacSHA1"));
            return parts.length == 2
                    && MessageDigest.isEqual(
                            mac.doFinal(name.getBytes(StandardCharsets.UTF_8)), Base64.getDecoder().decode(parts[1]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** As {@code ssh-keygen -l} shows it. */
    static String fingerprint(byte[] key) {
        try {
            return "SHA256:"
                    + Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds a key, on a line of its own even where the file does not end with one. */
    static void add(Path file, String name, String type, byte[] key) throws IOException {
        Path directory = file.getParent();
        if (directory != null && !Files.exists(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        String before = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        boolean ended = before.isEmpty() || before.endsWith("\n");
        Files.writeString(
                file,
                (ended ? "" : "\n") + name + " " + type + " " + Base64.getEncoder().encodeToString(key) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
