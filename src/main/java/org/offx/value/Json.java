package org.offx.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** JSON texts as values and back: objects are tables with texts as keys, numbers without a fraction are ints. */
public final class Json {

    /** How much of a line that is no JSON is shown. */
    private static final int SHOWN = 60;

    private static final JsonFactory JSON = new JsonFactory();

    /** What became of a text. */
    public sealed interface Result {}

    public record Read(Value value) implements Result {}

    /** @param line where it stops being JSON, from 1 */
    public record Refused(String why, int line) implements Result {}

    private Json() {}

    /** Reads one value; of two members with one name the last one counts. */
    public static Result read(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return new Refused("it is empty", 1);
            }
            Value value = value(parser);
            return parser.nextToken() == null
                    ? new Read(value)
                    : new Refused("something follows the value", parser.currentTokenLocation().getLineNr());
        } catch (JsonEOFException cut) {
            return new Refused("it ends before it is complete", cut.getLocation().getLineNr());
        } catch (JsonProcessingException wrong) {
            int line = wrong.getLocation() == null ? 1 : wrong.getLocation().getLineNr();
            return new Refused(why(wrong, text, line), line);
        } catch (IOException impossible) {
            throw new IllegalStateException("a text in memory could not be read", impossible);
        }
    }

    /** What stands there tells a person more than what the parser would rather have had. */
    private static String why(JsonProcessingException wrong, String text, int line) {
        String message = wrong.getOriginalMessage().lines().findFirst().orElse("it cannot be read");
        if (wrong instanceof JsonEOFException) {
            return "it ends in the middle";
        }
        boolean stranger = message.startsWith("Unexpected character") || message.startsWith("Unrecognized token");
        String there = text.lines().skip(line - 1L).findFirst().orElse("").strip();
        String shown = there.codePointCount(0, there.length()) <= SHOWN ? there : there.substring(0, there.offsetByCodePoints(0, SHOWN)) + "…";
        return stranger && !there.isEmpty() ? "`" + shown + "`" : message;
    }

    private static Value value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Value.Text(parser.getText());
            case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? decimal(parser)
                    : new Value.Int(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> new Value.Bool(true);
            case VALUE_FALSE -> new Value.Bool(false);
            case VALUE_NULL -> Value.Nothing.NULL;
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new IllegalStateException(
                    "no value of JSON starts with " + parser.currentToken());
        };
    }

    /** Numbers beyond those of a double are refused; those beyond its precision are rounded (RFC 8259, section 6). */
    private static Value decimal(JsonParser parser) throws IOException {
        double number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw new JsonParseException(parser, "a number that is too large");
        }
        return new Value.Decimal(number);
    }

    private static Value object(JsonParser parser) throws IOException {
        SequencedMap<Value, Value> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Value name = new Value.Text(parser.currentName());
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new Value.Table(members);
    }

    private static Value array(JsonParser parser) throws IOException {
        List<Value> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return new Value.Items(elements);
    }

    /** The shortest JSON of a value; what JSON has no form for becomes its canonical text. */
    public static String write(Value value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(value, json);
        } catch (IOException impossible) {
            throw new IllegalStateException("a text in memory could not be written", impossible);
        }
        return text.toString();
    }

    private static void write(Value value, JsonGenerator json) throws IOException {
        switch (value) {
            case Value.Nothing _ -> json.writeNull();
            case Value.Bool(boolean b) -> json.writeBoolean(b);
            case Value.Int(long i) -> json.writeNumber(i);
            case Value.Decimal(double d) -> json.writeNumber(d);
            case Value.Items(List<Value> values) -> writeAll(values, json);
            case Value.Group(var values) -> writeAll(List.copyOf(values), json);
            case Value.Table(var entries) -> {
                json.writeStartObject();
                for (Map.Entry<Value, Value> entry : entries.entrySet()) {
                    json.writeFieldName(Shown.text(entry.getKey()));
                    write(entry.getValue(), json);
                }
                json.writeEndObject();
            }
            case Value.Struct(String _, var fields) -> {
                json.writeStartObject();
                for (Map.Entry<String, Value> field : fields.entrySet()) {
                    json.writeFieldName(field.getKey());
                    write(field.getValue(), json);
                }
                json.writeEndObject();
            }
            case Value.Text _, Value.Size _, Value.Time _, Value.Rate _, Value.Percent _, Value.Ip _, Value.Cidr _, Value.Mac _,
                    Value.Path _, Value.Mode _, Value.Regex _, Value.Version _, Value.Symbol _, Value.Member _,
                    Value.NodeName _, Value.Reference _, Value.Secret _, Value.CommandLine _, Value.Pinned _,
                    Value.Sourced _, Value.Both _, Value.Unknown _, Value.Function _ -> json.writeString(Shown.text(value));
        }
    }

    private static void writeAll(List<Value> values, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Value element : values) {
            write(element, json);
        }
        json.writeEndArray();
    }
}
