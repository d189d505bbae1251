package org.offx.remote.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;
import org.offx.remote.Failure;

/** Judges the key that one host offers, and remembers why it was refused. */
final class HostKeys implements HostKeyVerifier {

    private static final List<String> ALL = List.of(
            "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa-sha2-512",
            "rsa-sha2-256");

    private final SshSettings settings;
    private final KnownHosts known;
    private volatile @Nullable Failure refusal;

    HostKeys(SshSettings settings) throws IOException {
        this.settings = settings;
        this.known = KnownHosts.of(settings.knownHosts(), settings.knownAs());
    }

    Optional<Failure> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public boolean verify(String host, int port, PublicKey offered) {
        byte[] key = new Buffer.PlainBuffer().putPublicKey(offered).getCompactData();
        String type = KeyType.fromKey(offered).toString();
        refusal = judge(type, key).orElse(null);
        return refusal == null;
    }

    private Optional<Failure> judge(String type, byte[] key) {
        Optional<KnownHosts.Entry> revoked = entries().filter(e -> e.revoked() && e.is(key)).findFirst();
        if (revoked.isPresent()) {
            return Optional.of(new Failure.HostKeyRevoked(
                    settings.node(), settings.address(), KnownHosts.fingerprint(key), revoked.get().place()));
        }
        if (entries().anyMatch(e -> !e.revoked() && e.is(key))) {
            return Optional.empty();
        }
        Optional<KnownHosts.Entry> other = entries().filter(e -> !e.revoked() && e.type().equals(type)).findFirst();
        if (other.isPresent()) {
            return Optional.of(changed(type, key, other.get()));
        }
        boolean stranger = entries().findAny().isEmpty();
        return settings.acceptNew() && stranger ? accept(type, key) : Optional.of(unknown(type, key));
    }

    private Stream<KnownHosts.Entry> entries() {
        return known.entries().stream();
    }

    private Failure changed(String type, byte[] key, KnownHosts.Entry entry) {
        return new Failure.HostKeyChanged(
                settings.node(), settings.address(), type, KnownHosts.fingerprint(key),
                KnownHosts.fingerprint(entry.key()), entry.place(),
                "ssh-keygen -f " + entry.file() + " -R '" + settings.knownAs() + "'");
    }

    private Failure unknown(String type, byte[] key) {
        return new Failure.HostKeyUnknown(
                settings.node(), settings.address(), type, KnownHosts.fingerprint(key),
                settings.knownHosts().stream().map(Path::toString).toList(),
                isScannable() ? scan(type) : settings.ssh() + " true");
    }

    private boolean isScannable() {
        return settings.jumps().isEmpty()
                && settings.proxyCommand().isEmpty()
                && settings.hostKeyAlias().isEmpty()
                && !settings.knownHosts().isEmpty();
    }

    private String scan(String type) {
        String kind = type.replaceFirst("^ssh-", "").replaceFirst("-sha2-.*", "");
        String port = settings.port() == SshSettings.PORT ? "" : " -p " + settings.port();
        return "ssh-keyscan -t " + kind + port + " " + settings.hostName() + " >> " + settings.knownHosts().getFirst();
    }

    private Optional<Failure> accept(String type, byte[] key) {
        try {
            if (!settings.knownHosts().isEmpty()) {
                KnownHosts.add(settings.knownHosts().getFirst(), settings.knownAs(), type, key);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Failure.BadConfiguration(
                    settings.node(), settings.knownHosts().getFirst().toString(),
                    "the new host key cannot be written there: " + e.getMessage()));
        }
    }

    /** Only kinds of keys that are known, so that a host with several is not taken for a stranger. */
    @Override
    public List<String> findExistingAlgorithms(String host, int port) {
        List<String> kinds = entries()
                .filter(e -> !e.revoked())
                .map(KnownHosts.Entry::type)
                .flatMap(type -> type.equals("ssh-rsa") ? Stream.of("rsa-sha2-512", "rsa-sha2-256") : Stream.of(type))
                .distinct()
                .filter(ALL::contains)
                .toList();
        return kinds.isEmpty() ? ALL : kinds;
    }
}
