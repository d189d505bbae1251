package org.offx.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offx.Await;
import org.offx.lab.LabException;
import org.offx.plan.ExitStatus;

/** The SSH connection breaks in the middle of an apply: it is said of which step nobody knows, and the next apply converges. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostConnectionIT {

    private Desk desk;

    @BeforeAll
    void raise(@TempDir Path directory) throws Exception {
        desk = Desk.with(directory, options -> options.withNodes(1));
    }

    @AfterAll
    void takeDown() throws LabException {
        if (desk != null) {
            desk.close();
        }
    }

    /** Each step says that it has begun, and then waits until the test lets it end. */
    private static final String STEP = """
            #!/bin/sh
            cd "${0%/*}" && : >begun-$1
            until test -e go-$1; do sleep 0.1; done
            : >done-$1
            """;

    private static String playbook(String place) {
        return """
                node ovh1 { address = "ovh1", user = "ops" }
                play "Slow steps" on ovh1 {
                    for i in 1..3 {
                        command "step ${i}" { check = `test -e /srv/PLACE/done-${i}`, run = `/srv/PLACE/step ${i}` }
                    }
                }
                """.replace("PLACE", place);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theStepInDoubtIsNamedAndTheNextApplyConverges(int cut) throws Exception {
        String place = "cut-" + cut;
        String directory = "/srv/" + place + "/";
        desk.root("ovh1", "mkdir -p " + directory + "\ncat >" + directory + "step <<'END'\n" + STEP + "END\nchmod +x " + directory + "step");
        String playbook = desk.write(place + ".offx", playbook(place));
        var running = CompletableFuture.supplyAsync(() -> desk.offx("apply", "--yes", playbook));
        for (int i = 1; i < cut; i++) {
            desk.root("ovh1", "touch " + directory + "go-" + i);
        }
        Await.until("step " + cut + " to begin", Duration.ofSeconds(60),
                () -> running.isDone() || desk.lab().shell("ovh1", "test -e " + directory + "begun-" + cut).status() == 0);
        assertThat(running.isDone()).as(() -> running.join().toString()).isFalse();
        desk.root("ovh1", "pkill -KILL -f '^sshd: ops'");

        var apply = running.get().endedWith(ExitStatus.FAILED);

        assertThat(apply.out())
                .containsPattern("\\? command \"step " + cut + "\" +unknown outcome: the connection to ovh1 broke: ")
                .contains("$ /srv/" + place + "/step " + cut);
        for (int i = 1; i < cut; i++) {
            assertThat(apply.out()).containsPattern("\\+ command \"step " + i + "\" +created");
        }
        desk.root("ovh1", "touch " + directory + "go-1 " + directory + "go-2 " + directory + "go-3");
        desk.offx("apply", "--yes", playbook).endedWith(ExitStatus.DONE);
        assertThat(desk.root("ovh1", "ls " + directory)).contains("done-1", "done-2", "done-3");
        desk.offx("plan", "--exit-code", playbook).endedWith(ExitStatus.DONE);
    }
}
