package org.offx.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.offx.value.Command;

/**
 * A batch as the text that the node's shell reads: one group in braces, so that nothing of it starts before all of it
 * has arrived. The functions that it calls are those of {@code session.sh}.
 */
final class BatchText {

    /** Bytes of one {@code printf}: where that is no builtin of the shell, it still fits into an argument. */
    private static final int CHUNK = 32 << 10;

    /** Only the request itself: what the shell around it says of its end ("Killed") is not the request's. */
    private static final String ERRORS = "exec 2>&8 8>&-; ";

    private static final Duration TICK = Duration.ofMillis(200);

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    /** What goes once in front of the first batch. */
    static byte[] prologue(String directory, List<String> pathFirst) {
        String path = pathFirst.stream().map(entry -> entry + ":").collect(Collectors.joining());
        try (InputStream resource = BatchText.class.getResourceAsStream("session.sh")) {
            if (resource == null) {
                throw new IllegalStateException("session.sh is missing from the program");
            }
            String functions = new String(resource.readAllBytes(), UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.joining("\n", "", "\n"));
            return ("D=" + quote(directory) + " P=" + quote(path) + "\n" + functions).getBytes(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] of(String nonce, int exchange, List<Request> batch, Mode mode) {
        BatchText text = new BatchText();
        text.add("{\noffx_open " + nonce + (mode == Mode.ALL ? " all\n" : " steps\n"));
        for (int i = 0; i < batch.size(); i++) {
            text.request(exchange + "_" + i, batch.get(i));
        }
        text.add("offx_shut\n}\n");
        return text.text.toByteArray();
    }

    private void request(String id, Request request) {
        add("offx_begin " + id + " && { ( { ");
        int parts = 1;
        String accepted = "0";
        switch (request) {
            case Request.Exec exec -> {
                pipeline(id, exec);
                parts = exec.command().stages().size();
                accepted = exec.accepted().stream().map(String::valueOf).collect(Collectors.joining(" "));
            }
            case Request.Script script -> add("( " + ERRORS + "cd /; eval " + quote(script.text()) + " )");
            case Request.ReadFile read ->
                add("( " + ERRORS + "offx_look " + id + " " + quote(read.path()) + " " + (read.maxBytes() + 1) + " )");
            case Request.WriteFile write -> write(id, write);
        }
        add("; } >>" + id + ".o 8>>" + id + ".e </dev/null 9>&-; echo " + id + " $? >&9 ) & offx_tend " + id + " "
                + ticks(request.limit()) + " " + parts + " '" + accepted + "'; }\n");
    }

    private void pipeline(String id, Request.Exec exec) {
        List<List<String>> stages = exec.command().stages();
        exec.input().ifPresent(input -> {
            add("{ ");
            content(input);
            add("; } | ");
        });
        if (stages.size() == 1) {
            stage(id, stages.getFirst(), 0);
        } else {
            for (int i = 0; i < stages.size(); i++) {
                add(i == 0 ? "{ " : " | { ");
                stage(id, stages.get(i), i);
                add("; echo $? >" + id + "." + i + "; }");
            }
        }
    }

    private void stage(String id, List<String> words, int part) {
        String have = "offx_have " + id + " " + quote(words.getFirst()) + " " + part;
        add("( " + ERRORS + have + "; exec " + quoteAll(words) + " )");
    }

    private void write(String id, Request.WriteFile write) {
        add("( " + ERRORS + "offx_content() { ");
        content(write.content());
        add("; }; offx_valid() { " + validation(write.validation()) + "; }; offx_put " + id + " " + quote(write.path())
                + " " + expected(write.expected())
                + " '" + write.mode().map(Integer::toOctalString).orElse("") + "' "
                + quote(write.owner().orElse("")) + " " + write.content().size() + " )");
    }

    private static String validation(Optional<Request.Validation> validation) {
        return validation
                .map(check -> "( exec "
                        + check.command().stages().getFirst().stream()
                                .map(word -> quote(word).replace(check.candidate(), "'\"$t\"'"))
                                .collect(Collectors.joining(" "))
                        + " )")
                .orElse(":");
    }

    private static String expected(Request.Expected expected) {
        return switch (expected) {
            case Request.Expected.Anything() -> "any";
            case Request.Expected.Nothing() -> "absent";
            case Request.Expected.Content(String sha256) -> sha256;
        };
    }

    /** Commands that print these bytes: only what a format of printf(1) cannot hold as it stands is escaped. */
    private void content(Bytes bytes) {
        if (bytes.isEmpty()) {
            add(":");
        }
        for (int start = 0; start < bytes.size(); start += CHUNK) {
            add(start == 0 ? "printf '" : " && printf '");
            for (int i = start; i < Math.min(start + CHUNK, bytes.size()); i++) {
                format(bytes.at(i), i == start);
            }
            add("'");
        }
    }

    private void format(byte b, boolean first) {
        switch (b) {
            case 0 -> add("\\000");
            case '\\' -> add("\\\\");
            case '%' -> add("%%");
            case '\'' -> add("'\\''");
            case '-' -> add(first ? "\\055" : "-");
            default -> text.write(b);
        }
    }

    private void add(String part) {
        text.writeBytes(part.getBytes(UTF_8));
    }

    private static long ticks(Duration limit) {
        return limit.plus(TICK).minusNanos(1).dividedBy(TICK);
    }

    private static String quoteAll(List<String> words) {
        return words.stream().map(BatchText::quote).collect(Collectors.joining(" "));
    }

    /** Always in quotes, unlike {@link Command#quote}: no word is taken for a keyword or an assignment. */
    private static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
