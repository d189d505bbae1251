package org.offx.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.offx.eval.Reading;

/** The JSON form of a {@link RecordedState}: one answer a line, so that a change of it can be read in a review. */
public final class StateJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private StateJson() {}

    /** The text is no recorded state, or one of a newer version. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    public static String write(RecordedState state) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", RecordedState.FORMAT);
        root.put("taken", state.taken().toString());
        ObjectNode nodes = root.putObject("nodes");
        state.nodes().forEach((node, answers) -> {
            ArrayNode list = nodes.putArray(node);
            answers.forEach((key, reading) -> list.add(write(key, reading)));
        });
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static RecordedState read(String text) throws Unreadable {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new Unreadable("this is not JSON: " + broken.getOriginalMessage());
        }
        String format = root.path("format").asText();
        if (!format.equals(RecordedState.FORMAT)) {
            throw new Unreadable(
                    format.startsWith("offx-state ")
                            ? "this state was recorded by another version of offx (" + format + "; this one reads " + RecordedState.FORMAT + ")"
                            : "this is no state that `offx observe` recorded");
        }
        SequencedMap<String, SequencedMap<String, Reading>> nodes = new LinkedHashMap<>();
        for (var node : root.path("nodes").properties()) {
            SequencedMap<String, Reading> answers = new LinkedHashMap<>();
            for (JsonNode answer : node.getValue()) {
                answers.put(answer.path("asked").asText(), reading(answer));
            }
            nodes.put(node.getKey(), answers);
        }
        try {
            return new RecordedState(Instant.parse(root.path("taken").asText()), nodes);
        } catch (DateTimeParseException noTime) {
            throw new Unreadable("its time is missing or broken: " + root.path("taken").asText());
        }
    }

    private static ObjectNode write(String key, Reading reading) {
        ObjectNode node = JSON.createObjectNode().put("asked", key);
        return switch (reading) {
            case Reading.Output(String out, String err, int status) -> {
                node.put("status", status).put("out", out);
                yield err.isEmpty() ? node : node.put("err", err);
            }
            case Reading.File file -> node.put("kind", file.kind())
                    .put("mode", "%04o".formatted(file.mode()))
                    .put("owner", file.owner())
                    .put("group", file.group())
                    .put("size", file.size())
                    .put("target", file.target())
                    .put("binary", file.binary())
                    .put("text", file.text());
            case Reading.NoFile none -> node.put("kind", "none");
            case Reading.NotInstalled(String program) -> node.put("missing", program);
            case Reading.TimedOut(Duration after) -> node.put("silent", after.toString());
            case Reading.Unavailable ownersOnly -> node.put("owners_only", true);
        };
    }

    private static Reading reading(JsonNode node) throws Unreadable {
        if (node.has("status")) {
            return new Reading.Output(node.path("out").asText(), node.path("err").asText(), node.path("status").asInt());
        }
        if (node.has("owners_only")) {
            return RecordedState.ownersOnly(node.path("asked").asText());
        }
        if (node.has("missing")) {
            return new Reading.NotInstalled(node.path("missing").asText());
        }
        try {
            if (node.has("silent")) {
                return new Reading.TimedOut(Duration.parse(node.path("silent").asText()));
            }
            if (node.has("kind")) {
                return node.path("kind").asText().equals("none") ? new Reading.NoFile() : file(node);
            }
        } catch (DateTimeParseException | NumberFormatException broken) {
            throw new Unreadable("the answer to " + node.path("asked").asText() + " is broken: " + broken.getMessage());
        }
        throw new Unreadable("the answer to " + node.path("asked").asText() + " is of no kind that this version knows");
    }

    private static Reading.File file(JsonNode node) {
        return new Reading.File(
                node.path("text").asText(),
                node.path("binary").asBoolean(),
                node.path("kind").asText(),
                Integer.parseInt(node.path("mode").asText(), 8),
                node.path("owner").asText(),
                node.path("group").asText(),
                node.path("size").asLong(),
                node.path("target").asText());
    }
}
