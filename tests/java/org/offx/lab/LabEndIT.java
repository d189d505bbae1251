package org.offx.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a lab ends, nothing of it is left, and the next one can be raised in its place. */
class LabEndIT {

    @TempDir
    private Path directory;

    private Path place;

    @BeforeAll
    static void possible() {
        Trial.needsNamespaces();
    }

    @BeforeEach
    void choosePlace() {
        place = directory.resolve("lab");
    }

    private LabOptions one() {
        return LabOptions.in(place).withNodes(1);
    }

    private Process start(String then) throws IOException {
        // A build server may run in the background, where Ctrl-C is ignored, and so it would be by all that it starts.
        var words = new ArrayList<>(List.of("env", "--default-signal=INT"));
        words.addAll(Trial.starter());
        words.addAll(List.of(place.toString(), "1", "BEST", then));
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    private static void awaitLine(BufferedReader reader, String start) throws IOException {
        var seen = new StringBuilder();
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(start)) {
                return;
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("the starter ended without saying " + start + ":\n" + seen);
    }

    @Test
    void downTwiceIsNoMoreThanDownOnce() throws Exception {
        var lab = Lab.up(one());
        var remains = Remains.of(lab);
        assertThat(remains.left()).as("the measure sees a lab that is up").isNotEmpty();
        lab.down();
        assertThat(remains.left()).isEmpty();
        lab.down();
        assertThat(Lab.status(place)).isEqualTo(new LabStatus.Absent());
        assertThatThrownBy(() -> Lab.open(place)).hasMessageContaining("No lab is up");
    }

    @Test
    void killedStarterTakesTheLabWithIt() throws Exception {
        var starter = start("wait");
        awaitLine(starter.inputReader(), "up");
        var remains = Remains.of(Lab.open(place));
        starter.destroyForcibly().waitFor();
        Trial.await("the lab to be gone after kill -9 of its starter", () -> remains.left().isEmpty());
    }

    @Test
    void ctrlCOfTheStarterTakesTheLabWithIt() throws Exception {
        var starter = start("wait");
        awaitLine(starter.inputReader(), "up");
        var remains = Remains.of(Lab.open(place));
        Trial.run(List.of("kill", "-INT", Long.toString(starter.pid())));
        Trial.await("the lab to be gone after Ctrl-C", () -> remains.left().isEmpty());
    }

    @Test
    void starterKilledInTheMiddleOfTheStartLeavesNothing() throws Exception {
        var starter = start("wait");
        awaitLine(starter.inputReader(), "fabric: ");
        starter.destroyForcibly().waitFor();
        Trial.await("the half-started lab to be gone", () -> new Remains(place, Set.of()).left().isEmpty());
        Lab.up(one()).down();
    }

    @Test
    void aLabThatStaysOutlivesItsStarterUntilItIsTakenDown() throws Exception {
        var starter = start("stay");
        awaitLine(starter.inputReader(), "up");
        assertThat(starter.waitFor()).isZero();
        var lab = Lab.open(place);
        var remains = Remains.of(lab);
        assertThat(Trial.ssh(lab, "ovh1", "hostname").out()).isEqualTo("ovh1\n");
        Lab.down(place);
        assertThat(remains.left()).isEmpty();
    }

    @Test
    void killedKeeperLeavesFilesOnlyAndDownOrTheNextUpRemovesThem() throws Exception {
        for (boolean byDown : new boolean[] {true, false}) {
            var lab = Lab.up(one());
            var remains = Remains.of(lab);
            var keeper = new LabDirectory(place).processes().get("keeper");
            keeper.end(true);
            Trial.await("every process to end with its keeper", () -> remains.left().size() == 1);
            assertThat(Lab.status(place)).isEqualTo(new LabStatus.Dead());
            if (byDown) {
                Lab.down(place);
            } else {
                Lab.up(one()).down();
            }
            assertThat(remains.left()).isEmpty();
        }
    }

    @Test
    void whatDoesNotEndWhenItIsAskedToIsKilledAndDownWaitsForThat() throws Exception {
        var lab = Lab.up(one());
        var remains = Remains.of(lab);
        var processes = new LabDirectory(place).processes();
        Trial.run(List.of("kill", "-STOP", Long.toString(processes.get("fabric").pid())));
        processes.get("keeper").end(true);
        try {
            Lab.down(place);
            assertThat(remains.left()).isEmpty();
        } finally {
            processes.get("fabric").end(true);
        }
    }

    @Test
    void killedFabricEndsTheKeeperWhichRemovesEverything() throws Exception {
        var remains = Remains.of(Lab.up(one()));
        new LabDirectory(place).processes().get("fabric").end(true);
        Trial.await("everything to be gone with the fabric", () -> remains.left().isEmpty());
    }

    @Test
    void aProcessThatOnlyHasTheSameIdIsNeverEnded() throws Exception {
        var bystander = new ProcessBuilder("sleep", "60").start();
        try {
            var own = ProcessMark.of(bystander.pid());
            var directory = new LabDirectory(place);
            directory.make();
            directory.note("keeper", new ProcessMark(own.pid(), own.start() - 1));
            assertThat(Lab.status(place)).isEqualTo(new LabStatus.Dead());
            Lab.down(place);
            assertThat(bystander.isAlive()).isTrue();
            assertThat(place).doesNotExist();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void whatIsNotALabIsLeftAlone() throws Exception {
        Files.createDirectory(place);
        Files.writeString(place.resolve("thesis"), "years of work");
        assertThatThrownBy(() -> Lab.up(one())).isInstanceOf(LabException.class).hasMessageContaining("not a lab's");
        Lab.down(place);
        assertThat(place.resolve("thesis")).hasContent("years of work");
    }

    @Test
    void aStartThatTakesTooLongSaysWhatItWaitedForAndLeavesNothing() throws Exception {
        assertThatThrownBy(() -> Lab.up(one().withLimit(Duration.ofMillis(1))))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("its time was over while it waited for");
        Trial.await("nothing to be left", () -> new Remains(place, Set.of()).left().isEmpty());
    }
}
