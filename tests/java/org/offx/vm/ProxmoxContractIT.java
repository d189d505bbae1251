package org.offx.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offx.lab.CommandScript;
import org.offx.lab.Contract;
import org.offx.lab.Transcript;

/**
 * The commands of a real Proxmox host answer as the contract says, where {@code OFFX_LAB_PROXMOX=user@host} names one that
 * may be worked on: the cases run there as root. They touch only what has the ids and names that their first lines say.
 */
@Tag("lab")
@ExtendWith(LabReport.class)
final class ProxmoxContractIT {

    private static final @Nullable String HOST = System.getenv("OFFX_LAB_PROXMOX");

    static List<String> cases() throws IOException {
        return Contract.PROXMOX_8.cases();
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("cases")
    void aProxmoxHostKeepsTheContract(String name) throws IOException, InterruptedException {
        assumeTrue(HOST != null && !HOST.isEmpty(), "OFFX_LAB_PROXMOX=user@host names no Proxmox host");
        Contract.PROXMOX_8.verify(name, Contract.Stage.REAL, ProxmoxContractIT::run, Boolean.getBoolean("golden.accept"));
    }

    private static List<Transcript.Result> run(String before, List<String> commands) throws IOException {
        Machines.Said said = Machines.run(
                List.of("ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "--", String.valueOf(HOST),
                        "if [ \"$(id -u)\" = 0 ]; then exec sh; else exec sudo -n sh; fi"),
                new CommandScript("/", "sh", before).of(commands));
        assertThat(said.status()).as("the script on %s: %s", HOST, said.err()).isZero();
        return CommandScript.results(said.out(), UnaryOperator.identity());
    }
}
