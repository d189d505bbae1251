package org.offx.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offx.lab.CommandScript;
import org.offx.lab.Contract;
import org.offx.lab.Transcript;

/**
 * The real commands of a clean node answer as the contract says. With {@code -Dgolden.accept=true} the contract says what
 * they answer; what the simulated programs then do otherwise fails in {@code ContractTest}.
 */
@Tag("lab")
@ExtendWith(LabReport.class)
final class ContractVmIT {

    static List<String> cases() throws IOException {
        return Contract.DEBIAN_12.cases();
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("cases")
    void realCommandsKeepTheContract(String name, @TempDir Path files) throws IOException, InterruptedException {
        Machines machines = Machines.clean(1, files);
        Contract.DEBIAN_12.verify(name, Contract.Stage.REAL, (before, commands) -> run(machines, before, commands), Boolean.getBoolean("golden.accept"));
    }

    private static List<Transcript.Result> run(Machines machines, String before, List<String> commands) throws IOException {
        Machines.Said said = machines.attempt("node1", new CommandScript("/", "sh", before).of(commands));
        assertThat(said.status()).as("the script on the node: %s", said.err()).isZero();
        return CommandScript.results(said.out(), UnaryOperator.identity());
    }
}
