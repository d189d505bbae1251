package org.offx.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.offx.check.Definition.GroupDef;
import org.offx.check.Nearest;
import org.offx.cli.Command.Wrong;
import org.offx.eval.Answer;
import org.offx.eval.Evaluation;
import org.offx.observe.Fleet;
import org.offx.observe.Inventory;
import org.offx.observe.NodeReader;
import org.offx.observe.Preview.Asked;
import org.offx.observe.Preview.Outcome;
import org.offx.observe.Preview;
import org.offx.observe.RecordedState;
import org.offx.observe.SessionReader;
import org.offx.observe.SideBySide;
import org.offx.observe.StateJson.Unreadable;
import org.offx.observe.StateJson;
import org.offx.plan.Plan;
import org.offx.plan.Seal;
import org.offx.remote.Credentials;
import org.offx.value.Shown;
import org.offx.value.Value;

/** What {@code plan}, {@code apply} and {@code observe} do alike: choose nodes, reach them, make the plan. */
final class Planning {

    private Planning() {}

    /** What the command line selects. */
    static Plan.Request request(Playbook playbook, Given given) throws Wrong {
        return new Plan.Request(
                playbook.entries(),
                limit(playbook, given.list("--limit")),
                given.list("--tags"),
                given.list("--consent"));
    }

    static Fleet fleet(Playbook playbook, Given given, Io io) throws Wrong {
        return new Fleet(new NodeConnector(
                new Inventory(playbook.program(), playbook.evaluation()),
                configuration(given, io),
                Options.window(given),
                io.environment(),
                Credentials.NONE));
    }

    /** The SSH configuration to read instead of the user's. */
    static Optional<Path> configuration(Given given, Io io) throws Wrong {
        Optional<Path> configuration = given.text("--ssh-config").map(io.directory()::resolve);
        if (configuration.isPresent() && !Files.isReadable(configuration.get())) {
            throw new Wrong("there is no file " + given.text("--ssh-config").orElseThrow());
        }
        return configuration;
    }

    static Outcome preview(
            Playbook playbook, Plan.Request request, NodeReader reader, Optional<RecordedState> state, Given given, Seal seal, Io io)
            throws Wrong {
        Preview preview = new Preview(playbook.program(), playbook.evaluation(), reader, new SideBySide(Options.window(given)));
        Asked asked = new Asked(playbook.title(), request, playbook.sources(), state.map(RecordedState::taken));
        return preview.make(asked, playbook.drawnWarnings(io.width()), seal);
    }

    static RecordedState state(String file, Io io) throws Wrong {
        try {
            return StateJson.read(Files.readString(io.directory().resolve(file)));
        } catch (NoSuchFileException none) {
            throw new Wrong("there is no file " + file);
        } catch (IOException broken) {
            throw new Wrong(file + ": " + broken.getMessage());
        } catch (Unreadable unreadable) {
            throw new Wrong(file + ": " + unreadable.getMessage());
        }
    }

    static NodeReader reader(Fleet fleet) {
        return new SessionReader(fleet);
    }

    /** Names of nodes and groups, as nodes. */
    private static List<String> limit(Playbook playbook, List<String> names) throws Wrong {
        Set<String> nodes = new LinkedHashSet<>();
        for (String name : names) {
            nodes.addAll(nodes(playbook, name));
        }
        return List.copyOf(nodes);
    }

    static List<String> nodes(Playbook playbook, String name) throws Wrong {
        if (playbook.program().nodes().containsKey(name)) {
            return List.of(name);
        }
        List<GroupDef> groups = playbook.program().groups().values().stream()
                .filter(group -> group.name().equals(name) || group.name().endsWith("#" + name) || group.name().endsWith("." + name))
                .toList();
        if (groups.isEmpty()) {
            throw new Wrong(unknown(playbook, name));
        }
        List<String> found = groups.stream().flatMap(group -> members(playbook.evaluation(), group).stream()).distinct().toList();
        if (found.isEmpty()) {
            throw new Wrong("no node belongs to the group `" + name + "`");
        }
        return found;
    }

    private static String unknown(Playbook playbook, String name) {
        List<String> known = new ArrayList<>(playbook.program().nodes().keySet());
        String nodes = known.isEmpty() ? "no node is declared" : "the nodes are " + Nearest.listed(known).replace("`", "");
        playbook.program().groups().keySet().forEach(group -> known.add(group.substring(group.indexOf('#') + 1)));
        return "there is no node or group `" + name + "`; " + Nearest.of(name, known).map(near -> "did you mean `" + near + "`?").orElse(nodes);
    }

    private static List<String> members(Evaluation evaluation, GroupDef group) {
        return switch (evaluation.value(group.members(), Optional.empty(), Optional.empty())) {
            case Answer.Known<Value>(Value.Group(var nodes)) -> nodes.stream().map(Shown::text).toList();
            case Answer.Known<Value>(Value.Items(var nodes)) -> nodes.stream().map(Shown::text).toList();
            case Answer.Known<Value>(Value other) -> throw new IllegalStateException(group.name() + " is no set of nodes");
            case Answer.Unknown<Value> failed -> List.of();
        };
    }
}
