package org.offx.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writing and reading trees of JSON with the fields in a fixed order, what is empty left out, and mistakes named by their place. */
final class JsonTree {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final DefaultPrettyPrinter PRINTER = printer();

    private JsonTree() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String print(ObjectNode object) {
        try {
            return MAPPER.writer(PRINTER.createInstance()).writeValueAsString(object) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON that cannot be written", impossible);
        }
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    }

    static void texts(ObjectNode object, String name, List<String> texts) {
        list(object, name, texts, JsonNodeFactory.instance::textNode);
    }

    static void text(ObjectNode object, String name, Optional<String> text) {
        text.ifPresent(given -> object.put(name, given));
    }

    /** The list, left out where it is empty. */
    static <T> void list(ObjectNode object, String name, List<T> list, Function<T, ? extends JsonNode> write) {
        if (!list.isEmpty()) {
            all(object, name, list, write);
        }
    }

    /** The list, also where it is empty. */
    static <T> void all(ObjectNode object, String name, List<T> list, Function<T, ? extends JsonNode> write) {
        ArrayNode array = object.putArray(name);
        list.forEach(element -> array.add(write.apply(element)));
    }

    static void map(ObjectNode object, String name, SequencedMap<String, String> map) {
        ObjectNode entries = object.putObject(name);
        map.forEach(entries::put);
    }

    /** @throws Malformed where it is not one JSON object */
    static At parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return new At(node, "").object();
        } catch (JsonProcessingException wrong) {
            var place = Optional.ofNullable(wrong.getLocation());
            throw new Malformed("it is not JSON"
                    + place.map(at -> ": line " + at.getLineNr() + ", column " + at.getColumnNr()).orElse(""));
        }
    }

    /** The text is not what it should be; the message says where and why. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String reason;

        Malformed(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** A place in a JSON document. */
    record At(JsonNode node, String path) {

        At object() {
            return expect(node.isObject(), "an object");
        }

        boolean has(String name) {
            return node.has(name);
        }

        At field(String name) {
            JsonNode field = node.get(name);
            if (field == null) {
                throw new Malformed(path.isEmpty() ? "`" + name + "` is missing" : path + " lacks `" + name + "`");
            }
            return new At(field, path.isEmpty() ? name : path + "." + name);
        }

        <T> Optional<T> optional(String name, Function<At, T> read) {
            return has(name) ? Optional.of(read.apply(field(name))) : Optional.empty();
        }

        String text() {
            return expect(node.isTextual(), "a text").node.textValue();
        }

        String text(String name) {
            return field(name).text();
        }

        Optional<String> optionalText(String name) {
            return optional(name, At::text);
        }

        int integer() {
            return expect(node.isInt(), "a whole number").node.intValue();
        }

        boolean truth(String name) {
            return has(name) && field(name).truth();
        }

        private boolean truth() {
            return expect(node.isBoolean(), "true or false").node.booleanValue();
        }

        Duration duration() {
            return moment(Duration::parse, "a duration such as \"PT2M\"");
        }

        /** A text of a standard form, such as an instant. */
        <T> T moment(Function<CharSequence, T> parse, String what) {
            try {
                return parse.apply(text());
            } catch (DateTimeException wrong) {
                throw new Malformed(path + " is not " + what);
            }
        }

        /** A list; empty where it is missing. */
        <T> List<T> list(String name, Function<At, T> read) {
            return has(name) ? field(name).elements(read) : List.of();
        }

        <T> List<T> elements(Function<At, T> read) {
            expect(node.isArray(), "a list");
            List<T> result = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                result.add(read.apply(new At(node.get(i), path + "[" + i + "]")));
            }
            return result;
        }

        List<String> texts(String name) {
            return list(name, At::text);
        }

        SequencedMap<String, String> map(String name) {
            SequencedMap<String, String> result = new LinkedHashMap<>();
            At map = field(name).object();
            Iterator<Map.Entry<String, JsonNode>> fields = map.node.properties().iterator();
            fields.forEachRemaining(entry -> result.put(entry.getKey(), map.field(entry.getKey()).text()));
            return result;
        }

        /** One of some values, by its word. */
        <E> E oneOf(E[] known, Function<E, String> word, String what) {
            String text = text();
            return Stream.of(known)
                    .filter(each -> word.apply(each).equals(text))
                    .findFirst()
                    .orElseThrow(() -> unknown(text, what));
        }

        /** A word that is none of those that stand here. */
        Malformed unknown(String word, String what) {
            return new Malformed(path + " is \"" + word + "\", which is no " + what);
        }

        private At expect(boolean holds, String what) {
            if (!holds) {
                throw new Malformed((path.isEmpty() ? "it" : path) + " is not " + what);
            }
            return this;
        }
    }
}
