package org.offx.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.offx.check.Definition.Blocks;
import org.offx.check.Definition.ActionDef;
import org.offx.check.Definition.AttributeDef;
import org.offx.check.Definition.OperationDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Definition.Role;
import org.offx.check.Lazy;
import org.offx.check.Term;
import org.offx.eval.ActionCall;
import org.offx.eval.Changes;
import org.offx.eval.Observation;
import org.offx.eval.Review;
import org.offx.eval.Step;
import org.offx.eval.Task;
import org.offx.plan.Gathered.Finding;
import org.offx.plan.Gathered.Item;
import org.offx.plan.Gathered.NodeFindings;
import org.offx.plan.Gathered.PlayFindings;
import org.offx.plan.Plan.NodeState;
import org.offx.plan.Plan.Request;
import org.offx.plan.Plan.TaskPlan;
import org.offx.text.Source;
import org.offx.text.Span;
import org.offx.tree.ResourceItem.Operation;
import org.offx.type.Type;
import org.offx.value.Command;
import org.offx.value.Value;

/** Findings without a playbook and nodes, to be planned: each play of a scene has one node. */
final class Scene {

    static final Span HERE = new Source("scene.offx", "task\n").span(0, 4);

    /** Every operation is one command that names it and the task. */
    static final StepMaker COMMANDS = new StepMaker() {
        @Override
        public Made operation(Finding finding, Operation operation, boolean asIfAbsent, Texts texts) {
            return new Made.Steps(List.of(run(operation.name().toLowerCase(Locale.ROOT), finding.task().name())), List.of());
        }

        @Override
        public Made action(String node, ActionCall call, Texts texts) {
            return new Made.Steps(List.of(run("do", call.name())), List.of());
        }
    };

    private final List<NodeState> nodes = new ArrayList<>();
    private final List<PlayFindings> plays = new ArrayList<>();

    Scene node(String name) {
        nodes.add(new NodeState(name, "10.0.0.1", Optional.empty(), Optional.empty()));
        return this;
    }

    Scene unreachable(String name, String why) {
        nodes.add(new NodeState(name, "10.0.0.1", Optional.of(why), Optional.empty()));
        return this;
    }

    Scene play(String node, Item... items) {
        return play(new NodeFindings(node, List.of(items), Set.of(), Map.of(), Optional.empty(), false));
    }

    Scene play(NodeFindings part) {
        plays.add(new PlayFindings("play " + (plays.size() + 1), List.of(), List.of(part)));
        return this;
    }

    Plan plan() {
        return plan(COMMANDS);
    }

    Plan plan(StepMaker maker) {
        Gathered gathered = new Gathered(
                "scene.offx",
                new Request(List.of("scene.offx"), List.of(), List.of(), List.of()),
                new LinkedHashMap<>(),
                nodes,
                plays,
                List.of());
        return Planner.plan(gathered, maker, Seal.of(new byte[32]));
    }

    /** The plans of all tasks, in order. */
    static List<TaskPlan> tasks(Plan plan) {
        return plan.plays().stream()
                .flatMap(play -> play.nodes().stream())
                .flatMap(node -> node.tasks().stream())
                .toList();
    }

    /** The tasks of one node and play, planned. */
    static List<TaskPlan> planned(Item... items) {
        return tasks(new Scene().node("ovh1").play("ovh1", items).plan());
    }

    static Step run(String... words) {
        return new Step.Run(Command.of(words), Optional.empty(), Optional.empty(), List.of());
    }

    static ResourceDef resource(String name, Operation... operations) {
        return resource(name, Stream.of(operations)
                .map(operation -> new OperationDef(operation, HERE, operation == Operation.DELETE, false, List.of(), List.of()))
                .toList());
    }

    static ResourceDef resource(String name, List<OperationDef> operations) {
        List<AttributeDef> attributes = List.of(
                attribute("quota", new Role.Managed()),
                attribute("password", new Role.Managed()),
                attribute("restart", new Role.Option()),
                attribute("used", new Role.ReadOnly()),
                attribute("cipher", new Role.Fixed(new Term.Const(HERE, Type.Basic.STRING, new Value.Text("copy it")))));
        return new ResourceDef(
                name, HERE, "", false, List.of(), attributes, List.of(), true, true,
                Lazy.of(new Blocks(List.of(), Optional.empty(), Optional.empty(), List.of(), operations)));
    }

    private static AttributeDef attribute(String name, Role role) {
        return new AttributeDef(
                name, HERE, "", Type.Basic.STRING, Optional.empty(), role, false, false, Optional.empty(), Optional.empty());
    }

    static ActionCall action(String name, boolean now) {
        OperationDef perform = new OperationDef(Operation.PERFORM, HERE, false, false, List.of(), List.of());
        return new ActionCall(
                new ActionDef(name, HERE, "", List.of(), List.of(), List.of(), perform), List.of(), List.of(), now, HERE);
    }

    static ActionCall needing(ActionCall call, Wanted need) {
        return new ActionCall(call.action(), call.arguments(), List.of(need.task().reference()), call.now(), call.span());
    }

    /** A task in the making. */
    record Wanted(
            ResourceDef resource,
            String key,
            Task.Mode mode,
            SequencedMap<String, Value> desired,
            List<Value.Reference> needs,
            List<ActionCall> onChange,
            Optional<Task.Moved> moved,
            Optional<Task.Guard> guard) {

        static Wanted of(ResourceDef resource, String key) {
            return new Wanted(
                    resource, key, Task.Mode.PRESENT, new LinkedHashMap<>(), List.of(), List.of(), Optional.empty(), Optional.empty());
        }

        Wanted mode(Task.Mode other) {
            return new Wanted(resource, key, other, desired, needs, onChange, moved, guard);
        }

        Wanted with(String attribute, Value value) {
            SequencedMap<String, Value> more = new LinkedHashMap<>(desired);
            more.put(attribute, value);
            return new Wanted(resource, key, mode, more, needs, onChange, moved, guard);
        }

        Wanted needs(Wanted... others) {
            List<Value.Reference> references =
                    Stream.of(others).map(other -> new Value.Reference(other.resource.name(), key(other.key))).toList();
            return new Wanted(resource, key, mode, desired, references, onChange, moved, guard);
        }

        Wanted onChange(ActionCall... calls) {
            return new Wanted(resource, key, mode, desired, needs, List.of(calls), moved, guard);
        }

        Wanted moved(String from, boolean ifThere) {
            return new Wanted(
                    resource, key, mode, desired, needs, onChange, Optional.of(new Task.Moved(key(from), ifThere)), guard);
        }

        Wanted guarded(Task.Guard by) {
            return new Wanted(resource, key, mode, desired, needs, onChange, moved, Optional.of(by));
        }

        Task task() {
            return new Task(
                    resource, key(key), "ovh1", mode, desired, Set.of(), needs, onChange, List.of(), Optional.empty(), moved, guard,
                    false, HERE);
        }

        Finding found(Observation state, Changes.AttributeChange... changes) {
            return found(state, Review.SILENT, changes);
        }

        Finding found(Observation state, Review review, Changes.AttributeChange... changes) {
            return new Finding(task(), state, Optional.empty(), new Changes(List.of(changes), List.of()), review);
        }

        Finding found(Observation state, Observation former, Changes.AttributeChange... changes) {
            return new Finding(
                    task(), state, Optional.of(former), new Changes(List.of(changes), List.of()), Review.SILENT);
        }

        private static List<Value> key(String key) {
            return List.of(new Value.Text(key));
        }
    }

    static Observation there(Object... attributes) {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            values.put((String) attributes[i], (Value) attributes[i + 1]);
        }
        return new Observation.Present(values);
    }

    static Observation absent() {
        return new Observation.Absent();
    }

    static Changes.AttributeChange change(String attribute, Value before, Value after) {
        return new Changes.AttributeChange(attribute, attribute, before, after, Optional.empty());
    }

    static Changes.AttributeChange fixed(String attribute, Value before, Value after) {
        return new Changes.AttributeChange(attribute, attribute, before, after, Optional.of("copy it"));
    }

    static Value size(long gibibytes) {
        return new Value.Size(gibibytes << 30);
    }
}
