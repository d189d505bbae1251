package org.offx.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.offx.lab.Lab;
import org.offx.lab.LabException;
import org.offx.lab.LabOptions;
import org.offx.lab.Trial;
import org.offx.plan.Plan;
import org.offx.plan.PlanJson;
import org.offx.plan.Saved;

/** An administrator's desk: a lab to work on, files of one's own, and {@code offx} to be called by its words. */
final class Desk implements AutoCloseable {

    private final Lab lab;
    private final Path files;

    private Desk(Lab lab, Path files) {
        this.lab = lab;
        this.files = files;
    }

    /** With a lab of this kind, or skipped, loudly, where there can be none. */
    static Desk with(Path directory, UnaryOperator<LabOptions> kind) throws LabException {
        Trial.needsNamespaces();
        return new Desk(Lab.up(kind.apply(LabOptions.in(directory.resolve("lab")))), directory);
    }

    Lab lab() {
        return lab;
    }

    /** As a provider hands the machines over: disks, a template, the compute nodes' pool. */
    void seed() throws LabException {
        for (var node : lab.nodes()) {
            boolean compute = node.spec().place() <= 2;
            root(node.name(), "offx-lab-seed " + (compute ? "compute" : "storage")
                    + " off ovh1=10.0.0.1 ovh2=10.0.0.2 ovh3=10.0.0.3 ovh4=10.0.0.4");
        }
    }

    /** By hand, past SSH and offx. */
    String root(String node, String commands) throws LabException {
        var result = lab.shell(node, commands);
        assertThat(result.status()).as("%s on %s: %s", commands, node, result.err()).isZero();
        return result.out().strip();
    }

    Path file(String name) {
        return files.resolve(name);
    }

    /** A file on the desk, and its name for a command. */
    String write(String name, String text) throws IOException {
        return Files.writeString(file(name), text).toString();
    }

    /** Runs {@code offx COMMAND -F the lab's configuration WORDS…} with the directory of the playbooks as the current one. */
    Ran offx(String command, String... words) {
        var all = new ArrayList<>(List.of(command, "-F", lab.sshConfig().toString()));
        all.addAll(List.of(words));
        return bare(all);
    }

    /** The same without any node to be reached. */
    Ran bare(List<String> words) {
        return Ran.offx(words, files);
    }

    /** What a saved plan says of every task that is not as declared: {@code ovh1: access.sudo "admins" update}. */
    static List<String> differing(Path saved) throws IOException {
        var read = PlanJson.read(Files.readString(saved));
        assertThat(read).isInstanceOf(Saved.Read.class);
        Plan plan = ((Saved.Read<Plan>) read).value();
        return plan.plays().stream()
                .flatMap(play -> play.nodes().stream())
                .flatMap(node -> node.tasks().stream()
                        .filter(task -> !task.verdict().kind().word().equals("ok"))
                        .map(task -> node.node() + ": " + task.name() + " " + task.verdict().kind().word()))
                .toList();
    }

    @Override
    public void close() throws LabException {
        lab.down();
    }
}
