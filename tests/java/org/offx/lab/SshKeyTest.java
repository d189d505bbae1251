package org.offx.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Collections;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class SshKeyTest {

    /** Often, since a number with leading zero bytes or a high bit is written in another length. */
    @RepeatedTest(50)
    void theTwoFilesAreReadAsOnePair(@TempDir Path directory) throws Exception {
        var file = directory.resolve("key");
        SshKey.generate("somebody").write(file);
        var pair = new FileKeyPairProvider(file).loadKeys(null).iterator().next();
        var line = Files.readString(directory.resolve("key.pub"));
        var written = PublicKeyEntry.parsePublicKeyEntry(line).resolvePublicKey(null, Collections.emptyMap(), null);
        assertThat(KeyUtils.compareKeys(pair.getPublic(), written)).isTrue();
        assertThat(signedBy(pair.getPrivate(), written)).as("the private key belongs to the public one").isTrue();
        assertThat(line).endsWith(" somebody\n");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    private static boolean signedBy(PrivateKey secret, PublicKey known) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(secret);
        signature.update((byte) 1);
        var signed = signature.sign();
        signature.initVerify(known);
        signature.update((byte) 1);
        return signature.verify(signed);
    }
}
