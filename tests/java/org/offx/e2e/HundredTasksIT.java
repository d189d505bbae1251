package org.offx.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.offx.check.Check;
import org.offx.check.Checked;
import org.offx.check.MemorySources;
import org.offx.eval.Evaluation;
import org.offx.lab.LabException;
import org.offx.observe.Fleet;
import org.offx.observe.Preview;
import org.offx.observe.SessionReader;
import org.offx.observe.SideBySide;
import org.offx.plan.Plan;
import org.offx.plan.Seal;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.Verdict;
import org.offx.remote.Attempt;
import org.offx.remote.Become;
import org.offx.remote.Credentials;
import org.offx.remote.Destination;
import org.offx.remote.Failure;
import org.offx.remote.Link;
import org.offx.remote.Session;
import org.offx.remote.ssh.SshConnector;
import org.offx.remote.ssh.Surroundings;

/** A large catalog with a probe in it that hangs: few round trips, and one task that is unknown. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HundredTasksIT {

    private static final String PLAYBOOK = """
            use zfs, nfs, access
            node ovh1 { address = "ovh1", user = "ops" }
            play "A hundred tasks" on ovh1 {
                for i in 1..24 { file "/etc/offx/${i}.conf" { content = "number ${i}\\n", mode = 0640 } }
                for i in 1..15 { directory "/srv/${i}" { mode = 0755 } }
                for i in 1..20 { zfs.dataset "zfs-hdd/d${i}" { compression = zstd, quota = 1GiB } }
                for i in 1..10 { nfs.export "/srv/${i}" { clients = [10.0.0.2], options = [rw] } }
                for i in 1..10 { access.user "user${i}" { shell = "/bin/bash" } }
                for name in ["chrony", "etckeeper", "htop", "iotop", "jq", "ncdu", "nginx", "sanoid", "tmux", "tree"] { package name }
                for key in ["net.core.somaxconn", "net.ipv4.ip_forward", "vm.swappiness"] { sysctl key { value = "1" } }
                for i in 1..7 { command "marker ${i}" { check = `test -e /srv/marker-${i}`, run = `touch /srv/marker-${i}` } }
                command "hung" { check = `sleep 600`, run = `true` }
            }
            """;

    private Desk desk;

    @BeforeAll
    void raise(@TempDir Path directory) throws Exception {
        desk = Desk.with(directory, options -> options.withNodes(1));
        desk.seed();
    }

    @AfterAll
    void takeDown() throws LabException {
        if (desk != null) {
            desk.close();
        }
    }

    private SshConnector connector() {
        var surroundings = new Surroundings("nobody", desk.file("home"), Map.of(), Optional.of(desk.lab().sshConfig()));
        return new SshConnector(surroundings, Credentials.NONE, List.of(), 1, SshConnector.Retry.USUAL);
    }

    private static Attempt<Session> session(SshConnector ssh, String node) {
        return switch (ssh.connect(new Destination(node, node, Optional.of("ops"), Optional.empty()))) {
            case Attempt.Failed<Link>(Failure failure) -> new Attempt.Failed<>(failure);
            case Attempt.Reached<Link>(Link link) -> link.open(new Become.Root());
        };
    }

    private static MemorySources sources() throws IOException {
        var files = new HashMap<String, String>();
        Path library = Ran.project().resolve("stdlib");
        try (var all = Files.walk(library)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put("lib/" + library.relativize(file), Files.readString(file));
            }
        }
        files.put("main.offx", PLAYBOOK);
        return new MemorySources(files);
    }

    private static Plan plan(Fleet fleet) throws IOException {
        MemorySources sources = sources();
        Checked checked = Check.program(List.of(sources.file("main.offx").orElseThrow()), sources);
        assertThat(checked.diagnostics()).isEmpty();
        Evaluation evaluation = new Evaluation(checked.program(), sources);
        var preview = new Preview(checked.program(), evaluation, new SessionReader(fleet), new SideBySide(1));
        var request = new Plan.Request(List.of("main.offx"), List.of(), List.of(), List.of());
        var outcome = preview.make(new Preview.Asked("main.offx", request, Map.of(), Optional.empty()), List.of(), Seal.of(new byte[32]));
        assertThat(outcome).isInstanceOf(Preview.Outcome.Made.class);
        return ((Preview.Outcome.Made) outcome).plan();
    }

    @Test
    void aPlanTakesThreeRoundTripsAtMostAndOnlyTheHungProbeIsUnknown() throws Exception {
        try (SshConnector ssh = connector(); Fleet fleet = new Fleet(node -> session(ssh, node))) {
            List<TaskPlan> tasks = plan(fleet).plays().getFirst().nodes().getFirst().tasks();

            assertThat(tasks).hasSize(100);
            assertThat(fleet.roundTrips("ovh1")).isBetween(1, 3);
            assertThat(tasks).filteredOn(task -> task.verdict().kind() == Verdict.Kind.UNKNOWN)
                    .extracting(TaskPlan::name)
                    .containsExactly("command \"hung\"");
            assertThat(tasks).filteredOn(task -> !task.name().equals("command \"hung\""))
                    .extracting(task -> task.verdict().kind())
                    .isSubsetOf(Verdict.Kind.CREATE, Verdict.Kind.UPDATE, Verdict.Kind.OK, Verdict.Kind.DEFERRED);
        }
    }
}
