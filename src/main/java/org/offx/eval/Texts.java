package org.offx.eval;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.offx.value.Json;
import org.offx.value.Value;

/** Texts: their parts, patterns in them, what they hold. Lengths are counted in code points. */
final class Texts {

    /** A text that is repeated into more characters than this is a mistake. */
    private static final long LONGEST = 10_000_000;

    private static final Pattern PROBE = Pattern.compile("probe (`[^`]+`)");

    private Texts() {}

    static long length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Without line ends; a line end at the end of the text starts no further line. */
    static List<String> lines(String text) {
        return text.lines().toList();
    }

    static List<String> words(String text) {
        String trimmed = text.strip();
        return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("\\s+"));
    }

    static Value.Items list(List<String> texts) {
        return new Value.Items(texts.stream().map(text -> (Value) new Value.Text(text)).toList());
    }

    /** Every separator counts: two in a row have an empty text between them. */
    static Value split(Call call) {
        if (call.text(1).isEmpty()) {
            throw call.failure("a text cannot be split at nothing");
        }
        String text = call.text(0);
        String separator = call.text(1);
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return list(parts);
    }

    static Value replace(Call call) {
        if (call.text(1).isEmpty()) {
            throw call.failure("nothing cannot be replaced");
        }
        return new Value.Text(call.text(0).replace(call.text(1), call.text(2)));
    }

    /** In the new text, {@code $1} is the first group of the match. */
    static Value replaceMatches(Call call) {
        try {
            return new Value.Text(matcher(call, 1, call.text(0)).replaceAll(call.text(2)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException noSuchGroup) {
            throw call.failure("the replacement refers to a group that the pattern does not have; write \\$ for a dollar");
        }
    }

    static Value after(Call call) {
        return call.text(0).startsWith(call.text(1))
                ? new Value.Text(call.text(0).substring(call.text(1).length()))
                : Value.Nothing.NULL;
    }

    static Value before(Call call) {
        int at = call.text(0).indexOf(call.text(1));
        return new Value.Text(at < 0 ? call.text(0) : call.text(0).substring(0, at));
    }

    static Value matches(Call call) {
        return new Value.Bool(matcher(call, 1, call.text(0)).find());
    }

    static Value match(Call call) {
        Matcher matcher = matcher(call, 1, call.text(0));
        return matcher.find() ? groups(matcher) : Value.Nothing.NULL;
    }

    static Value matchAll(Call call) {
        Matcher matcher = matcher(call, 1, call.text(0));
        List<Value> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(groups(matcher));
        }
        return new Value.Items(found);
    }

    /** A group that took no part in the match is empty. */
    private static Value groups(Matcher matcher) {
        List<Value> groups = new ArrayList<>();
        for (int i = 0; i <= matcher.groupCount(); i++) {
            String group = matcher.group(i);
            groups.add(new Value.Text(group == null ? "" : group));
        }
        return new Value.Items(groups);
    }

    private static Matcher matcher(Call call, int index, String text) {
        try {
            return call.scope().world().pattern(call.text(index)).matcher(text);
        } catch (PatternSyntaxException wrong) {
            throw call.failure("`" + call.text(index) + "` is no regular expression: " + wrong.getDescription());
        }
    }

    static Value regex(Call call) {
        matcher(call, 0, "");
        return new Value.Regex(call.text(0));
    }

    static Value version(Call call) {
        return Value.Version.parse(call.text(0)).orElseThrow(
                () -> call.failure("\"" + call.text(0) + "\" is no version: one starts with a number"));
    }

    static Value mode(Call call) {
        return Value.Mode.parse(call.text(0)).orElseThrow(
                () -> call.failure("\"" + call.text(0) + "\" is no mode: three or four octal digits, as in 0644"));
    }

    static Value json(Call call) {
        return switch (Json.read(call.text(0))) {
            case Json.Read(Value value) -> value;
            case Json.Refused(String why, int line) ->
                throw call.failure(printed(call) + " is no JSON: line " + line + ": " + why);
        };
    }

    /** What a program printed, where the call says which; else the text. */
    private static String printed(Call call) {
        Matcher asked = PROBE.matcher(call.term().span().text());
        return asked.find() ? "what " + asked.group(1) + " printed" : "this text";
    }

    static Value jsonKeys(Call call) {
        if (call.argument(0) instanceof Value.Table(var entries)) {
            return new Value.Items(List.copyOf(entries.keySet()));
        }
        throw call.failure("this JSON has no keys: it is " + Conversions.kind(call.argument(0)));
    }

    static Value jsonText(Call call) {
        return new Value.Text(Json.write(call.argument(0)));
    }

    static Value repeat(Call call) {
        long times = call.integer(1);
        if (times < 0 || times > LONGEST || times * call.text(0).length() > LONGEST) {
            throw call.failure("a text cannot be repeated " + times + " times");
        }
        return new Value.Text(call.text(0).repeat((int) times));
    }

    /** Of the text in UTF-8, in lower-case hexadecimal digits. */
    static Value sha256(Call call) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(call.text(0).getBytes(StandardCharsets.UTF_8));
            return new Value.Text(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }
}
