package org.offx.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;
import org.offx.plan.JsonTree.At;
import org.offx.plan.JsonTree.Malformed;
import org.offx.plan.PlannedStep.Content;
import org.offx.value.Command;

/** Steps in JSON. A command is a list of pipeline parts, each a list of words: nothing in it is shell text. */
final class StepJson {

    private StepJson() {}

    static ObjectNode write(PlannedStep step) {
        ObjectNode object = JsonTree.object();
        switch (step) {
            case PlannedStep.Run(Command command, var input, var limit, var accepted) -> {
                object.put("step", "run");
                object.set("command", command(command));
                input.ifPresent(given -> object.set("input", content(given)));
                limit.ifPresent(time -> object.put("limit", time.toString()));
                if (!accepted.isEmpty()) {
                    accepted.forEach(object.putArray("accepted")::add);
                }
            }
            case PlannedStep.Settle(Command command) -> object.put("step", "settle").set("command", command(command));
            case PlannedStep.Edit edit -> edit(object, edit);
            case PlannedStep.Wait(Command command, var within) -> {
                object.put("step", "wait");
                object.set("command", command(command));
                object.put("within", within.toString());
            }
            case PlannedStep.OnNode(String node, List<PlannedStep> steps) -> {
                object.put("step", "on").put("node", node);
                JsonTree.all(object, "steps", steps, StepJson::write);
            }
        }
        return object;
    }

    private static void edit(ObjectNode object, PlannedStep.Edit edit) {
        object.put("step", "edit").put("path", edit.path());
        edit.before().ifPresent(text -> object.set("before", content(text)));
        object.set("after", content(edit.after()));
        edit.mode().ifPresent(mode -> object.put("mode", Integer.toOctalString(mode)));
        JsonTree.text(object, "owner", edit.owner());
        JsonTree.text(object, "group", edit.group());
        edit.validate().ifPresent(command -> object.set("validate", command(command)));
    }

    private static ArrayNode command(Command command) {
        ArrayNode stages = JsonNodeFactory.instance.arrayNode();
        command.stages().forEach(words -> words.forEach(stages.addArray()::add));
        return stages;
    }

    private static ObjectNode content(Content content) {
        return switch (content) {
            case Content.Plain(String text) -> JsonTree.object().put("text", text);
            case Content.Hidden(String code) -> JsonTree.object().put("secret", code);
            case Content.Kept kept -> JsonTree.object().put("kept", true);
        };
    }

    static PlannedStep read(At at) {
        String word = at.text("step");
        return switch (word) {
            case "run" -> new PlannedStep.Run(
                    command(at.field("command")),
                    at.optional("input", StepJson::content),
                    at.optional("limit", At::duration),
                    at.list("accepted", At::integer));
            case "settle" -> new PlannedStep.Settle(command(at.field("command")));
            case "edit" -> new PlannedStep.Edit(
                    at.text("path"),
                    at.optional("before", StepJson::content),
                    content(at.field("after")),
                    at.optional("mode", StepJson::mode).map(OptionalInt::of).orElse(OptionalInt.empty()),
                    at.optionalText("owner"),
                    at.optionalText("group"),
                    at.optional("validate", StepJson::command));
            case "wait" -> new PlannedStep.Wait(command(at.field("command")), at.field("within").duration());
            case "on" -> new PlannedStep.OnNode(at.text("node"), at.list("steps", StepJson::read));
            default -> throw at.field("step").unknown(word, "step");
        };
    }

    private static Command command(At at) {
        List<List<String>> stages = at.elements(stage -> stage.elements(At::text));
        if (stages.isEmpty() || stages.stream().anyMatch(List::isEmpty)) {
            throw new Malformed(at.path() + " is an empty command");
        }
        return new Command(stages);
    }

    private static Content content(At at) {
        return at.truth("kept")
                ? new Content.Kept()
                : at.object().has("secret") ? new Content.Hidden(at.text("secret")) : new Content.Plain(at.text("text"));
    }

    private static int mode(At at) {
        try {
            return Integer.parseInt(at.text(), 8);
        } catch (NumberFormatException wrong) {
            throw new Malformed(at.path() + " is not a mode in octal digits");
        }
    }
}
