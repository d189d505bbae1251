package org.offx.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.stream.Stream;
import org.offx.plan.JsonTree.At;
import org.offx.plan.Plan.AttributeChange;
import org.offx.plan.Plan.GuardNote;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Plan.NodeState;
import org.offx.plan.Plan.PlayPlan;
import org.offx.plan.Plan.Remark;
import org.offx.plan.Plan.Request;
import org.offx.plan.Plan.Seen;
import org.offx.plan.Plan.TaskPlan;

/**
 * A plan as JSON, and back: {@code read(write(plan))} gives the very same plan. docs/plan-format.md describes the form.
 * What is empty is left out; fields that a reader does not know are ignored, so that a later minor version can add some.
 */
public final class PlanJson {

    private static final JsonFormat FORMAT = new JsonFormat("offx-plan", "a plan of offx", "1.2");

    private PlanJson() {}

    /** Ends with a line feed. The same plan gives the same text. */
    public static String write(Plan plan) {
        ObjectNode object = FORMAT.begin().put("title", plan.title());
        summary(object.putObject("summary"), Tally.of(plan));
        request(object.putObject("request"), plan.request());
        JsonTree.text(object, "seal", plan.seal());
        JsonTree.all(object, "nodes", plan.nodes(), PlanJson::node);
        JsonTree.all(object, "plays", plan.plays(), PlanJson::play);
        JsonTree.texts(object, "warnings", plan.warnings());
        JsonTree.map(object, "sources", plan.sources());
        return JsonTree.print(object);
    }

    /** Reads a plan; refuses what is none, what is damaged, and what a later major version wrote. */
    public static Saved<Plan> read(String text) {
        return FORMAT.read(text, at -> new Plan(
                at.text("title"),
                request(at.field("request").object()),
                at.map("sources"),
                at.field("nodes").elements(PlanJson::node),
                at.field("plays").elements(PlanJson::play),
                at.texts("warnings"),
                at.optionalText("seal")));
    }

    /** For people with jq; readers count anew. */
    private static void summary(ObjectNode object, Tally tally) {
        Stream.of(Verdict.Kind.values())
                .filter(kind -> tally.count(kind) > 0)
                .forEach(kind -> object.put(kind.word(), tally.count(kind)));
    }

    private static void request(ObjectNode object, Request request) {
        JsonTree.texts(object, "entries", request.entries());
        JsonTree.texts(object, "limit", request.limit());
        JsonTree.texts(object, "tags", request.tags());
        JsonTree.texts(object, "consents", request.consents());
    }

    private static Request request(At at) {
        return new Request(at.texts("entries"), at.texts("limit"), at.texts("tags"), at.texts("consents"));
    }

    private static ObjectNode node(NodeState node) {
        ObjectNode object = JsonTree.object().put("name", node.name()).put("address", node.address());
        JsonTree.text(object, "why", node.why());
        node.recorded().ifPresent(when -> object.put("recorded", when.toString()));
        return object;
    }

    private static NodeState node(At at) {
        return new NodeState(
                at.text("name"),
                at.text("address"),
                at.optionalText("why"),
                at.optional("recorded", when -> when.moment(Instant::parse, "a time such as \"2026-11-22T13:05:00Z\"")));
    }

    private static ObjectNode play(PlayPlan play) {
        ObjectNode object = JsonTree.object().put("title", play.title());
        JsonTree.list(object, "serial", play.serial(), JsonNodeFactory.instance::numberNode);
        JsonTree.all(object, "nodes", play.nodes(), part -> {
            ObjectNode node = JsonTree.object().put("node", part.node());
            JsonTree.all(node, "tasks", part.tasks(), PlanJson::task);
            return node;
        });
        return object;
    }

    private static PlayPlan play(At at) {
        return new PlayPlan(
                at.text("title"),
                at.list("serial", At::integer),
                at.field("nodes").elements(node -> new NodePlan(
                        node.text("node"), node.field("tasks").elements(PlanJson::task))));
    }

    private static ObjectNode task(TaskPlan task) {
        ObjectNode object = JsonTree.object().put("name", task.name()).put("place", task.place());
        VerdictJson.write(object, task.verdict());
        if (task.destructive()) {
            object.put("destructive", true);
        }
        JsonTree.texts(object, "consents", task.consents());
        task.guard().ifPresent(guard -> guard(object.putObject("guard"), guard));
        JsonTree.list(object, "changes", task.changes(), PlanJson::change);
        JsonTree.list(object, "steps", task.steps(), StepJson::write);
        JsonTree.list(object, "remarks", task.remarks(), PlanJson::remark);
        JsonTree.texts(object, "surplus", task.surplus());
        seen(object, task.seen());
        return object;
    }

    private static TaskPlan task(At at) {
        return new TaskPlan(
                at.text("name"),
                at.text("place"),
                VerdictJson.read(at),
                at.list("changes", PlanJson::change),
                at.list("steps", StepJson::read),
                at.list("remarks", remark -> new Remark(remark.text("title"), remark.texts("lines"))),
                at.texts("consents"),
                at.truth("destructive"),
                at.optional("guard", PlanJson::guard),
                at.texts("surplus"),
                seen(at));
    }

    private static void guard(ObjectNode object, GuardNote guard) {
        object.put("within", guard.within().toString()).put("until", guard.until());
        JsonTree.list(object, "undo", guard.undo(), StepJson::write);
        if (guard.together()) {
            object.put("together", true);
        }
        if (guard.lost()) {
            object.put("lost_by_restart", true);
        }
    }

    private static GuardNote guard(At at) {
        return new GuardNote(
                at.field("within").duration(), at.text("until"), at.list("undo", StepJson::read), at.truth("together"),
                at.truth("lost_by_restart"));
    }

    static ObjectNode change(AttributeChange change) {
        ObjectNode object = JsonTree.object().put("attribute", change.path());
        JsonTree.text(object, "before", change.before());
        JsonTree.text(object, "after", change.after());
        JsonTree.text(object, "remark", change.remark());
        return object;
    }

    static AttributeChange change(At at) {
        return new AttributeChange(
                at.text("attribute"), at.optionalText("before"), at.optionalText("after"), at.optionalText("remark"));
    }

    private static ObjectNode remark(Remark remark) {
        ObjectNode object = JsonTree.object().put("title", remark.title());
        JsonTree.texts(object, "lines", remark.lines());
        return object;
    }

    private static void seen(ObjectNode object, Seen seen) {
        switch (seen) {
            case Seen.NotRead notRead -> {}
            case Seen.Absent absent -> object.put("seen", "absent");
            case Seen.There(var values) -> JsonTree.map(object, "seen", values);
        }
    }

    private static Seen seen(At at) {
        if (!at.has("seen")) {
            return new Seen.NotRead();
        }
        At seen = at.field("seen");
        return seen.node().isTextual() && seen.text().equals("absent") ? new Seen.Absent() : new Seen.There(at.map("seen"));
    }
}
