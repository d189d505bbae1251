package org.offx.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.offx.plan.Json.At;
import org.offx.plan.Json.Malformed;
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

    static final String FORMAT = "offx-plan";

    /** Readers refuse another number before the dot: then a field has gone or means something else. */
    static final String VERSION = "1.1";

    private PlanJson() {}

    /** What reading gave. */
    public sealed interface Result {

        record Read(Plan plan) implements Result {}

        /** @param reason one sentence for a person, to stand after the name of the file */
        record Refused(String reason) implements Result {}
    }

    /** Ends with a line feed. The same plan gives the same text. */
    public static String write(Plan plan) {
        ObjectNode object = Json.object().put("format", FORMAT).put("version", VERSION).put("title", plan.title());
        summary(object.putObject("summary"), Tally.of(plan));
        request(object.putObject("request"), plan.request());
        Json.text(object, "seal", plan.seal());
        Json.all(object, "nodes", plan.nodes(), PlanJson::node);
        Json.all(object, "plays", plan.plays(), PlanJson::play);
        Json.texts(object, "warnings", plan.warnings());
        Json.map(object, "sources", plan.sources());
        return Json.print(object);
    }

    /** Reads a plan; refuses what is none, what is damaged, and what a later major version wrote. */
    public static Result read(String text) {
        try {
            At at = Json.parse(text);
            Versions.require(at, FORMAT, "a plan of offx", VERSION);
            return new Result.Read(new Plan(
                    at.text("title"),
                    request(at.field("request").object()),
                    at.map("sources"),
                    at.field("nodes").elements(PlanJson::node),
                    at.field("plays").elements(PlanJson::play),
                    at.texts("warnings"),
                    at.optionalText("seal")));
        } catch (Malformed malformed) {
            return new Result.Refused(String.valueOf(malformed.getMessage()));
        }
    }

    /** For people with jq; readers count anew. */
    private static void summary(ObjectNode object, Tally tally) {
        Stream.of(Verdict.Kind.values())
                .filter(kind -> tally.count(kind) > 0)
                .forEach(kind -> object.put(kind.word(), tally.count(kind)));
    }

    private static void request(ObjectNode object, Request request) {
        Json.texts(object, "entries", request.entries());
        Json.texts(object, "limit", request.limit());
        Json.texts(object, "tags", request.tags());
        Json.texts(object, "consents", request.consents());
    }

    private static Request request(At at) {
        return new Request(at.texts("entries"), at.texts("limit"), at.texts("tags"), at.texts("consents"));
    }

    private static ObjectNode node(NodeState node) {
        ObjectNode object = Json.object().put("name", node.name()).put("address", node.address());
        Json.text(object, "why", node.why());
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
        ObjectNode object = Json.object().put("title", play.title());
        Json.list(object, "serial", play.serial(), JsonNodeFactory.instance::numberNode);
        Json.all(object, "nodes", play.nodes(), part -> {
            ObjectNode node = Json.object().put("node", part.node());
            Json.all(node, "tasks", part.tasks(), PlanJson::task);
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
        ObjectNode object = Json.object().put("name", task.name()).put("place", task.place());
        VerdictJson.write(object, task.verdict());
        if (task.destructive()) {
            object.put("destructive", true);
        }
        Json.texts(object, "consents", task.consents());
        task.guard().ifPresent(guard -> {
            ObjectNode note = object.putObject("guard").put("within", guard.within().toString()).put("until", guard.until());
            Json.list(note, "undo", guard.undo(), StepJson::write);
        });
        Json.list(object, "changes", task.changes(), PlanJson::change);
        Json.list(object, "steps", task.steps(), StepJson::write);
        Json.list(object, "remarks", task.remarks(), PlanJson::remark);
        Json.texts(object, "surplus", task.surplus());
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

    private static GuardNote guard(At at) {
        return new GuardNote(at.field("within").duration(), at.text("until"), at.list("undo", StepJson::read));
    }

    static ObjectNode change(AttributeChange change) {
        ObjectNode object = Json.object().put("attribute", change.path());
        Json.text(object, "before", change.before());
        Json.text(object, "after", change.after());
        Json.text(object, "remark", change.remark());
        return object;
    }

    static AttributeChange change(At at) {
        return new AttributeChange(
                at.text("attribute"), at.optionalText("before"), at.optionalText("after"), at.optionalText("remark"));
    }

    private static ObjectNode remark(Remark remark) {
        ObjectNode object = Json.object().put("title", remark.title());
        Json.texts(object, "lines", remark.lines());
        return object;
    }

    private static void seen(ObjectNode object, Seen seen) {
        switch (seen) {
            case Seen.NotRead notRead -> {}
            case Seen.Absent absent -> object.put("seen", "absent");
            case Seen.There(var values) -> Json.map(object, "seen", values);
        }
    }

    private static Seen seen(At at) {
        if (!at.has("seen")) {
            return new Seen.NotRead();
        }
        At seen = at.field("seen");
        return seen.node().isTextual() && seen.text().equals("absent") ? new Seen.Absent() : new Seen.There(at.map("seen"));
    }

    /** Whether this program can read a file at all. */
    static final class Versions {

        private Versions() {}

        static void require(At at, String format, String what, String version) {
            String found = at.has("format") ? at.text("format") : "";
            if (!found.equals(format)) {
                throw new Malformed("it is not " + what + (found.isEmpty() ? "" : ", but \"" + found + "\""));
            }
            String written = at.text("version");
            String major = written.split("\\.", 2)[0];
            if (!major.equals(version.split("\\.", 2)[0])) {
                throw new Malformed("it is of version " + written + " of its format, and this offx reads version " + version
                        + ": use the offx that wrote it, or make it anew");
            }
        }
    }
}
