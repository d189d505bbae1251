package org.offx.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reads what {@code session.sh} says of one batch. Lines begin with the batch's nonce:
 *
 * <pre>
 * NONCE S ID             a step starts
 * NONCE R ID RESULT      what became of a request
 * NONCE O ID.x SENT SIZE one of its outputs, of which SENT bytes follow in order behind
 * NONCE B BYTES          all of them
 * NONCE Z                the batch has ended
 * </pre>
 */
final class BatchReader {

    private static final int LONGEST_LINE = 4096;
    private static final String STRANGE = "its shell answers something else than was agreed";

    private final InputStream in;
    private final String nonce;
    private final String exchange;
    private final List<Request> batch;
    private final Mode mode;
    private final Map<String, String> results = new HashMap<>();
    private final Map<String, Output> outputs = new HashMap<>();
    private final Map<String, long[]> announced = new LinkedHashMap<>();
    private int lastStarted = -1;

    BatchReader(InputStream in, String nonce, int exchange, List<Request> batch, Mode mode) {
        this.in = in;
        this.nonce = nonce;
        this.exchange = exchange + "_";
        this.batch = batch;
        this.mode = mode;
    }

    /** Reads to the end of the batch. */
    void read() throws IOException {
        while (true) {
            String[] words = line().split(" ", 4);
            if (words.length < 2 || !words[0].equals(nonce)) {
                throw new IOException(STRANGE);
            }
            switch (words[1]) {
                case "S" -> lastStarted = Integer.parseInt(words[2].substring(exchange.length()));
                case "R" -> results.put(words[2], words[3]);
                case "O" -> announced.put(words[2], sizes(words[3]));
                case "B" -> outputs();
                case "Z" -> {
                    return;
                }
                default -> throw new IOException(STRANGE);
            }
        }
    }

    /** One for each request, once the batch has ended. */
    List<Answer> answers() {
        return IntStream.range(0, batch.size())
                .mapToObj(i -> answered(i) ? answer(i) : new Answer.NotRun())
                .toList();
    }

    /**
     * One for each request, where the connection broke.
     *
     * @param complete whether all that the shell has written did arrive
     */
    List<Answer> answersUntilLost(boolean complete) {
        return IntStream.range(0, batch.size())
                .mapToObj(i -> answered(i) ? answer(i) : new Answer.Lost(fate(i, complete)))
                .toList();
    }

    private Answer.Fate fate(int index, boolean complete) {
        if (mode == Mode.ALL) {
            return Answer.Fate.PERHAPS_STARTED;
        }
        if (index <= lastStarted) {
            return Answer.Fate.RUNNING;
        }
        boolean stopped = IntStream.rangeClosed(0, lastStarted)
                .anyMatch(i -> answered(i) && !batch.get(i).accepts(answer(i)));
        return complete || stopped ? Answer.Fate.NOT_STARTED : Answer.Fate.PERHAPS_STARTED;
    }

    private boolean answered(int index) {
        return results.containsKey(exchange + index);
    }

    private Answer answer(int index) {
        String id = exchange + index;
        return Answers.of(
                batch.get(index), results.get(id), part -> outputs.getOrDefault(id + "." + part, Output.NONE));
    }

    private void outputs() throws IOException {
        for (Map.Entry<String, long[]> entry : announced.entrySet()) {
            byte[] bytes = in.readNBytes((int) entry.getValue()[0]);
            if (bytes.length < entry.getValue()[0]) {
                results.remove(entry.getKey().substring(0, entry.getKey().lastIndexOf('.')));
                throw new EOFException();
            }
            outputs.put(entry.getKey(), new Output(Bytes.of(bytes), entry.getValue()[1]));
        }
        announced.clear();
    }

    private static long[] sizes(String words) throws IOException {
        long[] sizes = Arrays.stream(words.split(" ")).mapToLong(Long::parseLong).toArray();
        if (sizes.length != 2 || sizes[0] < 0 || sizes[0] > Output.LIMIT) {
            throw new IOException(STRANGE);
        }
        return sizes;
    }

    private String line() throws IOException {
        byte[] line = new byte[LONGEST_LINE];
        for (int i = 0; i < LONGEST_LINE; i++) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException();
            }
            if (b == '\n') {
                return new String(line, 0, i, ISO_8859_1);
            }
            line[i] = (byte) b;
        }
        throw new IOException(STRANGE);
    }
}
