package org.offx.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.offx.lab.LabException;
import org.offx.plan.ExitStatus;

/** A plan with a secret: saved, looked at by whoever reviews it, applied later, here or on another machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SavedSecretsIT {

    private static final String PLAYBOOK = """
            node ovh1 { address = "ovh1", user = "ops" }

            ## A file with a secret in it.
            resource credential(path: path) {
                content: secret<string>  required
                observe {
                    let there = file_at(path)
                    if there == null then absent else { content = there.text ?? "" }
                }
                create { edit path { text => content } mode 0600 owner "root" }
                update { edit path { text => content } mode 0600 owner "root" }
            }

            fact pin: secret<string> = (file_at("/root/pin")?.text ?? "").trim()

            play "A secret" on ovh1 { credential "/etc/credential" { content = "pin=${pin}\\n" } }
            """;

    private static final String DRIFTED = "it has changed since the plan was made, and is not as planned either: plan again";

    private Desk desk;
    private String playbook;
    private String saved;

    @BeforeAll
    void raise(@TempDir Path directory) throws Exception {
        desk = Desk.with(directory, options -> options.withNodes(1));
        playbook = desk.write("secret.offx", PLAYBOOK);
        saved = desk.file("plan.json").toString();
    }

    @AfterAll
    void takeDown() throws LabException {
        if (desk != null) {
            desk.close();
        }
    }

    @BeforeEach
    void anotherSecretThanTheNodeHas() throws LabException {
        desk.root("ovh1", "umask 077; printf '%s\\n' tin-7391 > /root/pin; printf '%s\\n' pin=old-0000 > /etc/credential");
    }

    @Test
    void itIsAppliedAsItWasSavedAndHoldsNoSecret() throws Exception {
        var plan = desk.offx("plan", "-o", saved, playbook).endedWith(ExitStatus.DONE);
        String text = Files.readString(Path.of(saved));
        for (String secret : List.of("tin-7391", "pin=tin-7391\n", "old-0000", "pin=old-0000\n")) {
            assertThat(text + plan.out() + plan.err()).doesNotContain(secret.strip());
            for (String algorithm : List.of("MD5", "SHA-1", "SHA-256")) {
                byte[] digest = MessageDigest.getInstance(algorithm).digest(secret.getBytes(StandardCharsets.UTF_8));
                assertThat(text).doesNotContain(HexFormat.of().formatHex(digest, 0, 8));
            }
        }
        assertThat(text).contains("\"seal\"").contains("(secret:");
        desk.offx("plan", "-o", saved + ".2", playbook).endedWith(ExitStatus.DONE);
        assertThat(Path.of(saved + ".2")).hasContent(text);

        var applied = desk.offx("apply", "--yes", saved).endedWith(ExitStatus.DONE);
        assertThat(applied.out()).contains("credential \"/etc/credential\"").doesNotContain("7391", "(secret:");
        assertThat(desk.root("ovh1", "cat /etc/credential")).isEqualTo("pin=tin-7391");
        assertThat(desk.offx("apply", "--yes", saved).endedWith(ExitStatus.DONE).out()).contains("1 ok, nothing to change");
    }

    @Test
    void aSecretThatHasChangedOnTheNodeIsDrift() throws Exception {
        desk.offx("plan", "-o", saved, playbook).endedWith(ExitStatus.DONE);
        desk.root("ovh1", "printf '%s\\n' pin=else-1111 > /etc/credential");

        var refused = desk.offx("apply", "--yes", saved).endedWith(ExitStatus.FAILED);
        assertThat(refused.out()).contains(DRIFTED).contains("it was another secret when the plan was made").doesNotContain("(secret:");
        assertThat(desk.root("ovh1", "cat /etc/credential")).isEqualTo("pin=else-1111");
    }

    @Test
    void aSecretThatHasChangedWhereItComesFromIsDrift() throws Exception {
        desk.offx("plan", "-o", saved, playbook).endedWith(ExitStatus.DONE);
        desk.root("ovh1", "printf '%s\\n' lead-8888 > /root/pin");

        var refused = desk.offx("apply", "--yes", saved).endedWith(ExitStatus.FAILED);
        assertThat(refused.out()).contains(DRIFTED).contains("it was to become another secret when the plan was made");
        assertThat(desk.root("ovh1", "cat /etc/credential")).isEqualTo("pin=old-0000");
    }

    @Test
    void onAnotherMachineItNeedsTheKey(@TempDir Path other) throws Exception {
        desk.offx("plan", "-o", saved, playbook).endedWith(ExitStatus.DONE);
        List<String> apply = List.of("apply", "-F", desk.lab().sshConfig().toString(), "--yes", saved);

        var refused = Ran.offx(apply, other).endedWith(ExitStatus.WRONG);
        assertThat(refused.err()).contains("sealed with the key").contains("there is no " + other.resolve("offx/plan.key"));
        assertThat(desk.root("ovh1", "cat /etc/credential")).isEqualTo("pin=old-0000");

        Files.createDirectories(other.resolve("offx"));
        Files.copy(desk.file("offx/plan.key"), other.resolve("offx/plan.key"), StandardCopyOption.COPY_ATTRIBUTES);
        Ran.offx(apply, other).endedWith(ExitStatus.DONE);
        assertThat(desk.root("ovh1", "cat /etc/credential")).isEqualTo("pin=tin-7391");
    }

    @Test
    void aPlaybookWithTheSecretInItsTextIsAppliedButNotSaved() throws Exception {
        String open = desk.write("open.offx", PLAYBOOK.replace("${pin}", "in-the-open"));
        String file = desk.file("open.json").toString();

        for (List<String> words : List.of(List.of("-o", file, open), List.of("--format", "json", open))) {
            var refused = desk.offx("plan", words.toArray(String[]::new)).endedWith(ExitStatus.WRONG);
            assertThat(refused.err()).contains("the plan is not saved").contains("open.offx:16:").doesNotContain("in-the-open");
            assertThat(refused.out()).isEmpty();
        }
        assertThat(Path.of(file)).doesNotExist();
        assertThat(desk.offx("plan", open).endedWith(ExitStatus.DONE).out()).doesNotContain("in-the-open");
        desk.offx("apply", "--yes", open).endedWith(ExitStatus.DONE);
        assertThat(desk.root("ovh1", "cat /etc/credential")).isEqualTo("pin=in-the-open");
    }
}
