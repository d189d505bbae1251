package org.offx.remote;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link Session} over a shell's two streams; the shell's part is {@code session.sh}. */
public final class FramedSession implements Session {

    /** What a batch may take beyond what {@code session.sh} grants its requests before its shell is taken for dead. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    /** From TERM at its limit over KILL until a request is given up; more than a probe holds up those behind it. */
    private static final Duration ENDING = Duration.ofSeconds(5);

    /** So many slow probes run beside each other. */
    private static final int BESIDE = 32;

    private final String node;
    private final int uid;
    private final Channel channel;
    private final InputStream output;
    private final SecureRandom random;
    private byte[] prologue;
    /** Who only wants the number must not wait for the end of an exchange. */
    private final AtomicInteger exchanges = new AtomicInteger();
    private boolean lost;

    FramedSession(String node, Opening.Hello hello, Channel channel, InputStream output, List<String> pathFirst,
            SecureRandom random) {
        this.node = node;
        this.uid = hello.uid();
        this.channel = channel;
        this.output = output;
        this.random = random;
        this.prologue = BatchText.prologue(hello.directory(), pathFirst);
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public int uid() {
        return uid;
    }

    @Override
    public int roundTrips() {
        return exchanges.get();
    }

    @Override
    public synchronized List<Answer> exchange(List<Request> batch, Mode mode) throws ConnectionLost {
        if (batch.isEmpty()) {
            return List.of();
        }
        if (lost) {
            throw new ConnectionLost("the connection to " + node + " is gone", notStarted(batch));
        }
        int number = exchanges.incrementAndGet();
        String nonce = nonce(random);
        BatchReader reader = new BatchReader(output, nonce, number, batch, mode);
        try (Alarm alarm = new Alarm(patience(batch, mode), channel::close)) {
            send(batch, BatchText.of(nonce, number, batch, mode));
            try {
                reader.read();
                return reader.answers();
            } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
                lost = true;
                String reason = alarm.rang() ? "its shell no longer answers" : reason(e);
                throw new ConnectionLost(
                        "the connection to " + node + " broke: " + reason,
                        reader.answersUntilLost(!alarm.rang() && channel.complete()));
            } finally {
                if (lost) {
                    channel.close();
                }
            }
        }
    }

    /** The text ends with the brace that starts it all: what did not arrive whole has not started at all. */
    private void send(List<Request> batch, byte[] text) throws ConnectionLost {
        try {
            channel.input().write(prologue);
            channel.input().write(text);
            channel.input().flush();
            prologue = new byte[0];
        } catch (IOException e) {
            lost = true;
            channel.close();
            throw new ConnectionLost("the connection to " + node + " broke: " + reason(e), notStarted(batch));
        }
    }

    private static List<Answer> notStarted(List<Request> batch) {
        return batch.stream().<Answer>map(_ -> new Answer.Lost(Answer.Fate.NOT_STARTED)).toList();
    }

    private static Duration patience(List<Request> batch, Mode mode) {
        return switch (mode) {
            case UNTIL_FAILURE -> batch.stream().map(r -> r.limit().plus(ENDING)).reduce(SLACK, Duration::plus);
            case ALL ->
                batch.stream()
                        .map(Request::limit)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO)
                        .plus(ENDING)
                        .multipliedBy(1 + batch.size() / BESIDE)
                        .plus(SLACK.plusSeconds(batch.size()));
        };
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? "it was closed from the other side" : e.getMessage();
    }

    static String nonce(SecureRandom random) {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return "x" + HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        channel.close();
    }
}
