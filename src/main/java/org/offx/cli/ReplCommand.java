package org.offx.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.offx.apply.Apply;
import org.offx.cli.Usage.Arguments;
import org.offx.eval.Evaluation;
import org.offx.observe.Fleet;
import org.offx.observe.Inventory;
import org.offx.observe.Inventory.Place;
import org.offx.observe.NodeReader;
import org.offx.observe.Preview.Outcome;
import org.offx.plan.ExitStatus;
import org.offx.plan.Seal;
import org.offx.remote.Attempt;
import org.offx.remote.Credentials;
import org.offx.remote.Failure;
import org.offx.remote.Session;
import org.offx.repl.Look;
import org.offx.repl.Outside;
import org.offx.repl.Reply;
import org.offx.repl.ReplPipe;
import org.offx.repl.ReplSession;
import org.offx.repl.ReplTerminal;

/** {@code offx repl}: the language at a prompt, or from a pipe. */
final class ReplCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of("repl",
                        "Evaluates expressions, looks at nodes, plans tasks one by one, and applies them when told to.",
                        "From a pipe: results on standard output, what is wrong on standard error, status 1 if any entry was wrong.",
                        "The entry after `apply` answers its question: y, or anything else for no.")
                .taking(Arguments.many("[FILE]...", 0, "Playbooks whose declarations are known at the prompt."))
                .with(Options.connecting());
    }

    @Override
    public ExitStatus run(Given given, Io io) throws Wrong {
        FileSources sources = new FileSources(io.directory());
        List<String> files = given.files();
        for (String file : files) {
            sources.named(file);
        }
        Look look = new Look(io.width(), io.colour(), io.terminal());
        try (ReplSession session = new ReplSession(files, sources, outside(given, io), look)) {
            Reply opening = session.opening();
            io.err().print(opening.err());
            return opening.wrong() ? ExitStatus.WRONG : converse(session, io);
        } catch (IOException broken) {
            throw new Wrong("the prompt cannot be shown or read: " + broken.getMessage());
        }
    }

    private static ExitStatus converse(ReplSession session, Io io) throws IOException {
        if (io.terminal()) {
            ReplTerminal.run(session, io.state().resolve("history"));
            return ExitStatus.DONE;
        }
        return ReplPipe.run(session, io.in(), io.out(), io.err()) ? ExitStatus.DONE : ExitStatus.WRONG;
    }

    private static Outside outside(Given given, Io io) throws Wrong {
        Optional<Path> configuration = Planning.configuration(given, io);
        int window = Options.window(given);
        return new Surroundings(
                inventory -> new NodeConnector(inventory, configuration, window, io.environment(), Credentials.NONE), window, io);
    }

    /** The nodes over SSH, and the files of the directory that offx was started in. */
    private static final class Surroundings implements Outside {

        private final AtomicReference<Inventory> inventory = new AtomicReference<>();
        private final Map<String, Place> reached = new ConcurrentHashMap<>();
        private final Fleet fleet;
        private final int window;
        private final Io io;
        private final Seal seal = PlanKey.passing();

        Surroundings(Function<Inventory, NodeConnector> connectors, int window, Io io) {
            this.fleet = new Fleet(node -> connectors.apply(inventory.get()).open(node));
            this.window = window;
            this.io = io;
        }

        @Override
        public void inventory(Inventory current) {
            inventory.set(current);
            List<String> moved = reached.keySet().stream()
                    .filter(node -> !current.place(node).equals(reached.get(node)))
                    .toList();
            moved.forEach(this::reopen);
        }

        @Override
        public Optional<String> connect(String node) {
            return reached.containsKey(node) && fleet.failure(node).isEmpty() ? Optional.empty() : reopen(node);
        }

        private Optional<String> reopen(String node) {
            reached.put(node, inventory.get().place(node));
            return fleet.reopen(node) instanceof Attempt.Failed<Session>(Failure failure)
                    ? Optional.of(failure.sentence())
                    : Optional.empty();
        }

        @Override
        public NodeReader reader() {
            return Planning.reader(fleet);
        }

        @Override
        public Seal seal() {
            return seal;
        }

        @Override
        public Apply.Outcome apply(Evaluation evaluation, Outcome.Made made, Set<String> consents) {
            return new Applying(evaluation, fleet, reader(), window, seal, io).run(made, made.plan(), false, consents, Duration.ZERO);
        }

        @Override
        public String named(String file, String from) {
            Path folder = io.directory().resolve(from).normalize().getParent();
            return Path.of(file).isAbsolute() || folder == null ? file : folder.relativize(io.directory().resolve(file)).normalize().toString();
        }

        @Override
        public void save(String file, String text, boolean replace) throws IOException {
            Path place = io.directory().resolve(file);
            if (replace) {
                WholeFile.write(place, text);
            } else {
                Files.writeString(place, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
        }

        @Override
        public void close() {
            fleet.close();
        }
    }
}
