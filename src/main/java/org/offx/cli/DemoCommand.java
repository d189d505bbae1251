package org.offx.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.offx.lab.Lab;
import org.offx.lab.LabException;
import org.offx.lab.LabOptions;
import org.offx.lab.ShellResult;
import org.offx.plan.ExitStatus;

/** {@code offx demo}: the whole story on this machine, on four nodes that are gone afterwards. */
final class DemoCommand implements Command {

    private static final String PLAYBOOK = "playbooks/cluster.offx";

    private static final String POOL_CONSENT = "create the pool rpool";

    /** What somebody might have done by hand in the night. */
    private static final List<Accident> ACCIDENTS = List.of(
            new Accident("ovh2", "ip link set dev enp5s0f1 mtu 1500"),
            new Accident("ovh3", "zfs set quota=1T rpool/backups"),
            new Accident("ovh1", "echo 'mallory ALL=(ALL:ALL) NOPASSWD: ALL' >> /etc/sudoers.d/admins"),
            new Accident("ovh3", "exportfs -o rw 10.9.9.9:/rpool/backups"));

    private record Accident(String node, String commands) {}

    @Override
    public Usage usage() {
        return Usage.of("demo",
                "Starts four nodes on this machine, then checks, plans and applies playbooks/cluster.offx over real SSH, "
                        + "plans again, and shows what a plan makes of changes by hand. Nothing is left behind.");
    }

    @Override
    public ExitStatus run(Given given, Io io) throws Wrong {
        Io home = at(home(io), io);
        try {
            Path directory = Files.createTempDirectory("offx-demo");
            try (Lab lab = Lab.up(LabOptions.in(directory).withEvents(event -> io.progress("  " + event.who() + ": " + event.text())))) {
                LabSeed.plant(lab);
                return story(lab, home);
            } finally {
                Files.deleteIfExists(directory);
            }
        } catch (Interrupted ended) {
            return ExitStatus.INTERRUPTED;
        } catch (LabException impossible) {
            io.problem(String.valueOf(impossible.getMessage()));
            return ExitStatus.FAILED;
        } catch (IOException broken) {
            throw new Wrong("the demo has no place for its files: " + broken.getMessage());
        }
    }

    private static ExitStatus story(Lab lab, Io io) throws LabException {
        String ssh = lab.sshConfig().toString();
        say("Everything that can be found without a node is found first.", io);
        require(call(List.of("check", PLAYBOOK), io), ExitStatus.DONE);
        say("The preview: what apply would do, and nothing is changed.", io);
        require(call(List.of("plan", "-F", ssh, PLAYBOOK), io), ExitStatus.DONE);
        say("The same, done; each change is read back. Making a pool needs consent, by name.", io);
        require(call(List.of("apply", "-F", ssh, "--yes", "--diff", "none", "--consent", POOL_CONSENT, PLAYBOOK), io), ExitStatus.DONE);
        say("Again: the cluster is as declared.", io);
        require(call(List.of("plan", "-F", ssh, "--exit-code", PLAYBOOK), io), ExitStatus.DONE);
        say("Now somebody changes things by hand:", io);
        for (Accident accident : ACCIDENTS) {
            io.out().println("    root@" + accident.node() + "# " + accident.commands());
            ShellResult result = lab.shell(accident.node(), accident.commands());
            if (result.status() != 0) {
                throw new IllegalStateException(accident.node() + ": " + accident.commands() + ": " + result.err());
            }
        }
        say("The plan shows exactly that:", io);
        require(call(List.of("plan", "-F", ssh, "--exit-code", PLAYBOOK), io), ExitStatus.UNCERTAIN);
        say("Where to go next:\n"
                + "    ./offx lab up                                nodes of your own, to keep for a while\n"
                + "    ./offx plan playbooks/learn/first.offx       this machine, without any SSH\n"
                + "    README.md, docs/language.md                  how to write a playbook", io);
        return ExitStatus.DONE;
    }

    private static ExitStatus call(List<String> words, Io io) {
        io.out().println("$ offx " + String.join(" ", words.stream().map(org.offx.value.Command::quote).toList()));
        io.out().println();
        return Offx.run(words, io);
    }

    /** Somebody ended a step of the story, and the story with it. */
    private static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static void require(ExitStatus came, ExitStatus expected) {
        if (came == ExitStatus.INTERRUPTED) {
            throw new Interrupted();
        }
        if (came != expected) {
            throw new IllegalStateException("the demo expected the status " + expected.code() + ", and got " + came.code());
        }
    }

    private static void say(String text, Io io) {
        io.out().println();
        io.out().println("── " + text);
        io.out().println();
    }

    /** Where the playbooks lie: the launcher knows. */
    private static Path home(Io io) throws Wrong {
        Path home = Path.of(System.getProperty("offx.home", io.directory().toString()));
        if (!Files.isRegularFile(home.resolve(PLAYBOOK))) {
            throw new Wrong("the demo needs " + PLAYBOOK + ", which comes with the source of offx; call it by ./offx there");
        }
        return home;
    }

    private static Io at(Path directory, Io io) {
        return new Io(io.out(), io.err(), io.in(), io.terminal(), io.width(), io.colour(), directory, io.environment(), io.clock());
    }
}
