package org.offx.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The simulated programs answer as the real ones did. Only the real ones may rewrite a case: see {@code ContractVmIT}. */
final class ContractTest {

    @TempDir
    Path work;

    @TestFactory
    Stream<DynamicContainer> simulatedProgramsKeepTheContract() throws IOException {
        var all = Stream.<DynamicContainer>builder();
        for (Contract contract : Contract.values()) {
            List<String> cases = contract.cases();
            all.add(DynamicContainer.dynamicContainer(contract.name(), cases.stream().flatMap(name -> tests(contract, name))));
        }
        return all.build();
    }

    private Stream<DynamicTest> tests(Contract contract, String name) {
        return Arrays.stream(SimulatedNode.Flavour.values())
                .filter(SimulatedNode.Flavour::installed)
                .map(flavour -> DynamicTest.dynamicTest(name + " under " + flavour, () -> {
                    Path place = Files.createDirectories(work.resolve(contract + "-" + name + "-" + flavour));
                    contract.verify(name, Contract.Stage.SIMULATED, SimulatedNode.in(place, flavour)::run, false);
                }));
    }

    @Test
    void aResultThatDiffersInABlankIsSeen() {
        List<String> lines = List.of("$ zpool status", "> logs\t", "! x", "!", "= 1");
        Transcript given = Transcript.parse(lines);
        assertThat(given.with(List.of(Transcript.Result.of("logs\t\n", "x\n\n", 1)))).isEqualTo(lines);
        assertThat(given.with(List.of(Transcript.Result.of("logs\n", "x\n\n", 1)))).isNotEqualTo(lines);
        assertThat(given.with(List.of(Transcript.Result.of("logs\t", "x\n\n", 1)))).contains("> " + Transcript.Result.UNENDED);
    }
}
