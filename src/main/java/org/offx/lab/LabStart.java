package org.offx.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/** How a lab comes up: its directory is prepared here, the rest is the keeper's, whose report is read here. */
final class LabStart {

    private final LabOptions options;
    private final LabDirectory directory;

    private LabStart(LabOptions options) {
        this.options = options;
        this.directory = new LabDirectory(options.directory());
    }

    static Lab raise(LabOptions options) throws LabException {
        return new LabStart(options).raise();
    }

    private Lab raise() throws LabException {
        var machine = Prerequisites.find(options.sshServer());
        machine.lacking().forEach(sentence -> tell("lab", sentence));
        takePlace();
        boolean up = false;
        try {
            directory.make();
            prepare(machine);
            startKeeper(machine);
            up = true;
            return Lab.open(directory.path());
        } catch (IOException broken) {
            throw new LabException("The lab in " + directory.path() + " cannot be raised: " + broken, broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted while the lab was raised.", stopped);
        } finally {
            if (!up) {
                LabEnd.take(directory);
            }
        }
    }

    /** Nothing that is another's is touched before this has returned. */
    private void takePlace() throws LabException {
        try {
            if (directory.foreign()) {
                throw new LabException(directory.path() + " is not a lab's, and not empty: choose another directory.");
            }
        } catch (IOException unread) {
            throw new LabException(directory.path() + " cannot be used for a lab: " + unread.getMessage(), unread);
        }
        switch (Lab.status(directory.path())) {
            case LabStatus.Absent() -> {}
            case LabStatus.Dead() -> {
                tell("lab", "the remains of a dead lab are removed");
                LabEnd.take(directory);
            }
            case LabStatus.Starting() -> throw new LabException(
                    "A lab is being started in " + directory.path() + " by another process.");
            case LabStatus.Up(var nodes) -> throw new LabException(
                    "A lab with " + nodes.size() + " nodes is up already in " + directory.path()
                            + ": use it, take it down, or choose another name.");
        }
    }

    private void prepare(Prerequisites machine) throws IOException {
        Resources.extract("/lab/node", directory.scripts());
        Resources.extract("/lab/simulated", directory.simulated());
        SshKey.generate("offx-lab").write(directory.identity());
        var rows = new StringBuilder();
        for (var node : options.nodes()) {
            SshKey.generate(node.name()).write(directory.hostKeys().resolve(node.name()));
            rows.append(NodeRow.write(node, machine)).append('\n');
        }
        Files.writeString(directory.nodes(), rows);
        if (machine.sshServer() == SshServer.MINA) {
            Files.writeString(directory.javaHome(), System.getProperty("java.home") + "\n");
            var lines = Resources.sshServerPath().stream().map(Path::toString).toList();
            Files.write(directory.javaPath(), lines);
        }
    }

    /** In a session of its own: a Ctrl-C at the terminal is for the starter, which takes the lab down in good order. */
    private void startKeeper(Prerequisites machine) throws IOException, InterruptedException, LabException {
        var words = new ArrayList<String>();
        words.add("setsid");
        words.addAll(LabDirectory.holding());
        words.addAll(Fabric.java(Keeper.class));
        words.add(directory.path().toString());
        words.add(machine.ids().name());
        words.add(options.via().name());
        words.add(Integer.toString(options.vrackMtu()));
        words.add(Long.toString(options.limit().toMillis()));
        words.add(Boolean.toString(options.stays()));
        var builder = new ProcessBuilder(words)
                .directory(directory.path().toFile())
                .redirectError(directory.log("keeper").toFile());
        if (options.stays()) {
            builder.redirectInput(Path.of("/dev/null").toFile());
        }
        var keeper = builder.start();
        if (!follow(keeper)) {
            var log = Files.exists(directory.log("keeper")) ? Files.readString(directory.log("keeper")).strip() : "";
            throw new IOException("its keeper ended. " + log);
        }
    }

    private boolean follow(Process keeper) throws IOException, InterruptedException, LabException {
        var reader = keeper.inputReader();
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            var words = line.split(" ", 3);
            switch (words[0]) {
                case "up" -> {
                    return true;
                }
                case "refused" -> {
                    keeper.waitFor(10, TimeUnit.SECONDS);
                    throw new LabException(line.substring("refused ".length()).replace('\t', '\n'));
                }
                case "say" -> tell(words[1], words[2]);
                default -> throw new IllegalStateException("the keeper of a lab says no such thing: " + line);
            }
        }
        return false;
    }

    private void tell(String who, String text) {
        options.events().accept(new LabEvent(who, text));
    }
}
