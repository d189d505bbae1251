package org.offx.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The simulated programs of lab nodes answer as the real ones do: transcripts in tests/lab-simulated, under every awk at hand. */
final class SimulatedProgramsTest {

    private static final Path CASES = Path.of("tests/lab-simulated");
    private static final Path PROGRAMS = Path.of("src/main/resources/lab/simulated");

    @TempDir
    Path work;

    @TestFactory
    Stream<DynamicContainer> transcripts() throws IOException {
        List<Path> cases;
        try (Stream<Path> files = Files.list(CASES)) {
            cases = files.filter(file -> file.toString().endsWith(".case")).sorted().toList();
        }
        return cases.stream().map(file -> DynamicContainer.dynamicContainer(
                file.getFileName().toString(),
                Stream.of(SimulatedNode.Flavour.values())
                        .map(flavour -> DynamicTest.dynamicTest(flavour.name(), () -> verify(file, flavour)))));
    }

    private void verify(Path file, SimulatedNode.Flavour flavour) throws IOException, InterruptedException {
        assumeTrue(flavour.installed());
        Path place = Files.createDirectories(work.resolve(file.getFileName() + "-" + flavour));
        Transcript given = Transcript.read(file);
        List<Transcript.Result> results = SimulatedNode.in(place, flavour).run(given.commands());
        given.verify(file, "under " + flavour, results, Boolean.getBoolean("golden.accept") && flavour == SimulatedNode.Flavour.MACHINE);
    }

    @Test
    void aStepThatAnswersOtherwiseIsSeen() throws IOException, InterruptedException {
        Transcript given = Transcript.parse(List.of("$ zpool list nope", "! cannot open 'nope': no such pool", "= 1"));
        List<Transcript.Result> results = SimulatedNode.in(work, SimulatedNode.Flavour.MACHINE).run(List.of("zpool list nope", "zfs list nope"));
        assertThat(results.get(0)).isEqualTo(given.steps().getFirst().wanted());
        assertThat(results.get(1)).isNotEqualTo(given.steps().getFirst().wanted());
    }

    @Test
    void everyProgramSaysThatItIsSimulatedAndWhatItLacks() throws IOException {
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                List<String> head = Files.readAllLines(file).stream().limit(8).toList();
                assertThat(head.get(0)).as(file.toString()).isEqualTo("#!/bin/sh");
                assertThat(head.get(1)).as(file.toString()).startsWith("# SIMULATED for offx lab: ");
                assertThat(head.stream().collect(Collectors.joining("\n"))).as(file.toString()).contains("Not here");
            }
        }
    }

    /** Several nodes write to the cluster's files at once: nothing that one of them wrote may be lost. */
    @Test
    void writersAtTheSameTimeLoseNothing() throws IOException, InterruptedException {
        SimulatedNode node = SimulatedNode.in(work, SimulatedNode.Flavour.MACHINE);
        var commands = new ArrayList<String>();
        commands.add("mkdir -p etc/pve/nodes/ovh1 var/lib/offx-lab-sim");
        commands.add(IntStream.range(0, 12)
                .mapToObj(i -> "pvesm add dir d%d --path /d%d &".formatted(i, i))
                .collect(Collectors.joining(" ", "", " wait")));
        commands.add("grep -c ^dir: etc/pve/storage.cfg");
        assertThat(node.run(commands).get(2).out()).containsExactly("12");
    }

    /** A hundred datasets are asked for in one command; that has to stay one quick pass. */
    @Test
    void hundredsOfDatasetsAreReadInOnePass() throws IOException, InterruptedException {
        SimulatedNode node = SimulatedNode.in(work, SimulatedNode.Flavour.MACHINE);
        String state = IntStream.range(0, 300)
                .mapToObj(i -> "D\ttank/d%03d\tf\t1%d\t%d\t1795351000\t\t\t\nP\ttank/d%03d\tquota\t1073741824\n".formatted(i, i, i + 9, i))
                .collect(Collectors.joining("", "T\t900\nD\ttank\tf\t1\t5\t1795351000\t\t\t\nP\ttank\tcompression\tzstd\n", ""));
        Path zfs = Files.createDirectories(node.root().resolve("var/lib/offx-lab-sim/zfs"));
        Files.writeString(zfs.resolve("datasets"), state);
        Files.writeString(zfs.resolve("pools"), "pool\ttank\t1\t1000000000000\t900000000000\tACTIVE\t1795351000\n");
        String names = IntStream.range(0, 300).mapToObj("tank/d%03d"::formatted).collect(Collectors.joining(" "));
        List<Transcript.Result> results = node.run(List.of(
                "zfs get -Hp -o name,property,value,source type,used,quota,compression,mountpoint,recordsize " + names));
        assertThat(results.getFirst().out()).hasSize(1800)
                .contains("tank/d299\tquota\t1073741824\tlocal", "tank/d299\tcompression\tzstd\tinherited from tank");
    }
}
