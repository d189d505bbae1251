package org.offx.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.offx.check.Check;
import org.offx.check.Checked;
import org.offx.check.MemorySources;
import org.offx.eval.Evaluation;
import org.offx.observe.Fleet;
import org.offx.observe.Preview;
import org.offx.observe.SessionReader;
import org.offx.observe.SideBySide;
import org.offx.plan.Plan;
import org.offx.plan.Seal;
import org.offx.plan.Report;
import org.offx.plan.Report.Outcome;
import org.offx.remote.Attempt;
import org.offx.remote.Become;
import org.offx.remote.Credentials;
import org.offx.remote.Failure;
import org.offx.remote.Session;
import org.offx.remote.local.LocalLink;
import org.offx.text.DiagnosticText;

/** Playbooks applied to this machine: every node is a shell here, and has a directory of its own under {@code ROOT}. */
final class Playground implements AutoCloseable {

    private static final String LIBRARY =
            """
            resource note(path: path) {
                text: string
                observe { let there = file_at(path)
                          if there == null then absent else { text = there.text } }
                create { edit path { old => text ?? "" } }
                update { edit path { old => text ?? "" } }
                delete destructive { run `rm -- ${path}` }
            }
            ## A line of a file; several tasks may have lines in the same file.
            resource line(text: string) {
                into: path  option
                observe { let there = file_at(into ?? "/none")
                          if (there?.text ?? "").lines().contains(text) then {} else absent }
                create { edit into ?? "/none" { old => "${old}${text}\\n" }
                         settle `cp --backup=numbered /etc/hostname ${into ?? "/none"}.settled` }
            }
            resource spot(path: path) {
                observe { if file_at(path) == null then absent else {} }
                create { run `touch ${path}` }
            }
            ## What a command claims to have done, and has not.
            resource claim(path: path) {
                observe { if file_at(path) == null then absent else {} }
                create { run `true` }
            }
            resource folder(path: path) {
                observe { if file_at(path) == null then absent else {} }
                create { run `mkdir ${path}` }
            }
            ## Goes when it is empty.
            resource nest(path: path) {
                needs [nest(path.parent())]
                observe { if file_at(path) == null then absent else {} }
                review { when delete refuse "it is not empty" if (probe `ls -A ${path}`).out.trim() != "" }
                create { run `mkdir ${path}` }
                delete destructive { run `rmdir ${path}` }
            }
            ## Cannot even be looked at before its folder is there.
            resource leaf(path: path) {
                observe { if file_at(path.parent()) == null then fail("there is no ${path.parent()}")
                          else if file_at(path) == null then absent else {} }
                create { run `touch ${path}` }
            }
            ## Takes back what another task has made.
            resource thief(path: path) {
                victim: path  option
                observe { if file_at(path) == null then absent else {} }
                create { run `mv ${victim ?? "/none"} ${path}` }
            }
            resource broken(path: path) {
                observe { if file_at(path) == null then absent else {} }
                create { run `ls ${path}/none` }
            }
            ## Whose program ends with a status of its own.
            resource picky(path: path) {
                status: int = 0  option
                observe { if file_at(path) == null then absent else {} }
                create { run `sh -c 'touch "$0"; exit "$1"' ${path} ${status}` timeout 20s or exit [3, 5..7] }
            }
            ## A switch that can cut off its node.
            resource wall(path: path) {
                text:  string
                claim: string  option
                observe { let there = file_at(path)
                          if there == null then absent else { text = there.text } }
                create guarded { edit path { old => claim ?? text ?? "" } } undo { run `touch ${path}.undone` }
                update guarded { edit path { old => text ?? "" } } undo { run `touch ${path}.undone` }
            }
            resource far(path: path) {
                host: node  option
                observe { if file_at(path) == null then absent else {} }
                create { run `touch ${path}.before`
                         on host ?? node { run `touch ${path}.there` }
                         run `touch ${path}` }
            }
            ## A file with a secret in it.
            resource vault(path: path) {
                secret_: secret<string>  required
                observe { let there = file_at(path)
                          if there == null then absent else { secret_ = there.text ?? "" } }
                create { edit path { old => secret_ } mode 0600 }
                update { edit path { old => secret_ } }
            }
            resource mode_of(path: path) {
                bits: mode
                observe { let there = file_at(path)
                          if there == null then absent else { bits = there.mode } }
                update { edit path { old => old } mode bits }
            }
            ## Takes a key once, and never tells it again.
            resource box(path: path) {
                key:  secret<string>  at create
                size: int  required
                observe { let there = file_at(path)
                          if there == null then absent else { size = (there.text ?? "").trim().int() ?? 0 } }
                create { run `tee ${path}.key` input key
                         edit path { old => "${size}\\n" } }
                update { run `tee ${path}.key` input key
                         edit path { old => "${size}\\n" } }
            }
            ## Its review forbids every change.
            resource shut(path: path) {
                observe { if file_at(path) == null then absent else {} }
                review { when create refuse "nobody may" if true }
                create { run `touch ${path}` }
            }
            action visit(path: path) {
                needs [shut(path)]
                perform { run `touch ${path}.visited` }
            }
            fact word: string = (file_at("ROOT/word")?.text ?? "").trim()
            ## What it says depends on the node.
            action say(path: path) { perform { run `tee ${path}` input word } }
            action tick(path: path) { perform { run `tee -a ${path}` input "tick\\n" } }
            action slam(path: path) { perform guarded { run `touch ${path}` } undo { run `rm -f ${path}` } }
            action wipe(path: path) { perform destructive { run `touch ${path}` } }
            action sweep(path: path) { perform { settle `touch ${path}` } }
            action greet(path: path) {
                needs [spot(path)]
                perform { run `cp ${path} ${path}.greeted` }
            }
            action greet_all() {
                needs [spot("*")]
                perform { run `true` }
            }
            action scribble(path: path) { perform { edit path { old => "${old}x" } } }
            ## Has another name than it had; who wants it to get its new one has to be asked.
            resource named(path: path) {
                observe { if file_at(path) == null then absent else {} }
                review { when true consent "rename" if file_at("ROOT/careful") != null }
                create { run `touch ${path}` }
                rename { run `mv ${old} ${path}` }
            }
            ## Tells only after its folder is there that it has to be set.
            resource dial(path: path) {
                text: string
                observe { if file_at(path.parent()) == null then fail("there is no ${path.parent()}")
                          else { text = file_at(path)?.text ?? "" } }
                update { edit path { old => text ?? "" }
                         run `touch ${path}.${word}` }
            }
            """;

    private final Path root;
    private final Fleet fleet;
    private final AtomicInteger runs = new AtomicInteger();
    final List<Progress.Event> events = Collections.synchronizedList(new ArrayList<>());
    final List<LocalLink> links = Collections.synchronizedList(new ArrayList<>());
    UnaryOperator<Session> sessions = UnaryOperator.identity();
    Cancellation cancellation = () -> false;
    Runnable betweenPlanAndApply = () -> {};
    volatile boolean cutOff;
    /** A node that nobody reaches. */
    String down = "";
    /** In shell: what survives a restart, and what would run it then; nothing does. */
    String directories = "v=$d u=\n";
    boolean exact;
    Set<String> consents = Set.of();
    Optional<Plan> saved = Optional.empty();
    Seal seal = Seal.of(new byte[32]);

    Playground(Path root) {
        this(root, List.of("/bin/sh"));
    }

    /** @param shell what the nodes have as their POSIX shell */
    Playground(Path root, List<String> shell) {
        this.root = root;
        this.fleet = new Fleet(node -> {
            if (cutOff || node.equals(down)) {
                return new Attempt.Failed<>(new Failure.CannotConnect(node, "here", "cut off by a test"));
            }
            LocalLink link = new LocalLink(node, "me", shell, List.of(), Credentials.NONE);
            links.add(link);
            return switch (link.open(new Become.Login())) {
                case Attempt.Reached<Session>(Session session) -> new Attempt.Reached<>(sessions.apply(session));
                case Attempt.Failed<Session> failed -> failed;
            };
        });
    }

    Report apply(String playbook) {
        return switch (attempt(playbook, Duration.ZERO)) {
            case Apply.Outcome.Done(Report report) -> report;
            case Apply.Outcome.Locked(var holders) -> throw new AssertionError("locked: " + holders);
        };
    }

    Apply.Outcome attempt(String playbook, Duration patience) {
        MemorySources sources = sources(playbook);
        Checked checked = Check.program(List.of(sources.file("main.offx").orElseThrow()), sources);
        assertThat(DiagnosticText.of(checked.diagnostics(), 100)).isEmpty();
        Evaluation evaluation = new Evaluation(checked.program(), sources);
        SessionReader reader = new SessionReader(fleet);
        SideBySide sideBySide = new SideBySide(8);
        Plan.Request request = new Plan.Request(List.of("main.offx"), List.of(), List.of(), List.of());
        var asked = new Preview.Asked("main.offx", request, Map.of(), Optional.empty());
        var outcome = new Preview(checked.program(), evaluation, reader, sideBySide).make(asked, List.of(), seal);
        Preview.Outcome.Made made = switch (outcome) {
            case Preview.Outcome.Made it -> it;
            case Preview.Outcome.Refused(var diagnostics) -> throw new AssertionError(DiagnosticText.of(diagnostics, 100));
        };
        betweenPlanAndApply.run();
        Apply.Ports ports = new Apply.Ports(
                fleet, reader, sideBySide, InstantSource.system(), Playground::pause, events::add, () -> cancellation.requested(),
                report -> {}, node -> "d='" + root + "/run-" + node + "'\n" + directories, seal);
        return new Apply(evaluation, ports).run(new Apply.Asked(
                "run" + runs.incrementAndGet() + "x" + System.identityHashCode(this), "marie", "desk", made,
                saved.orElse(made.plan()), exact, consents, patience));
    }

    /** The plan only. */
    Plan plan(String playbook) {
        MemorySources sources = sources(playbook);
        Checked checked = Check.program(List.of(sources.file("main.offx").orElseThrow()), sources);
        Evaluation evaluation = new Evaluation(checked.program(), sources);
        Plan.Request request = new Plan.Request(List.of("main.offx"), List.of(), List.of(), List.of());
        var asked = new Preview.Asked("main.offx", request, Map.of(), Optional.empty());
        return ((Preview.Outcome.Made) new Preview(checked.program(), evaluation, new SessionReader(fleet), new SideBySide(8))
                        .make(asked, List.of(), seal))
                .plan();
    }

    private MemorySources sources(String playbook) {
        String nodes = "node a { address = 10.0.0.1 }\nnode b { address = 10.0.0.2 }\n";
        return new MemorySources(Map.of(
                "lib/base.offx", LIBRARY.replace("ROOT", root.toString()),
                "main.offx", (nodes + playbook).replace("ROOT", root.toString())));
    }

    /** Longer waits are cut short: nothing here takes long. */
    private static void pause(Duration time) {
        try {
            new CountDownLatch(1).await(Math.min(200, time.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Fleet fleet() {
        return fleet;
    }

    Path path(String name) {
        return root.resolve(name);
    }

    String read(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String name, String text) {
        try {
            Files.writeString(path(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code note "/x": created}: what a report says of each task of a node. */
    List<String> lines(Report report, String node) {
        return report.plays().stream()
                .flatMap(play -> play.nodes().stream())
                .filter(part -> part.node().equals(node))
                .flatMap(part -> part.tasks().stream())
                .map(task -> task.name().replace(root + "/", "") + ": " + said(task.outcome()))
                .toList();
    }

    private static String said(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Unchanged ok -> "ok";
            case Outcome.Changed(Outcome.How how) -> how.word();
            case Outcome.Pending(String why) -> "pending: " + why;
            case Outcome.Drifted drifted -> "drifted";
            case Outcome.Failed(String why, var step, var output) -> "failed: " + why;
            case Outcome.UnknownOutcome(String step, String why) -> "unknown: " + step;
            case Outcome.RolledBack(String why) -> "rolled back: " + why;
            case Outcome.Undone(String why) -> "undone";
            case Outcome.Skipped(String why) -> "skipped: " + why;
            case Outcome.NotReached(String why) -> "not reached: " + why;
        };
    }

    @Override
    public void close() {
        fleet.close();
        links.forEach(LocalLink::close);
    }
}
