package org.offx.eval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.offx.value.Command;

/**
 * Nodes in memory: each answers what it was told to, by the command as it is shown, or the path. As in earnest, what is
 * asked goes out when every branch waits, together; {@link #rounds} says what went together.
 */
final class ScriptedProbes implements Probes {

    private record Question(String text, CompletableFuture<Reading> answer) {}

    private final Map<String, Reading> answers = new LinkedHashMap<>();
    private final List<List<String>> rounds = new ArrayList<>();
    private final List<Question> pending = new ArrayList<>();
    private int running = 1;
    private int branches;

    ScriptedProbes says(String command, String out) {
        return says(command, new Reading.Output(out, "", 0));
    }

    ScriptedProbes says(String command, Reading reading) {
        answers.put(command, reading);
        return this;
    }

    /** What was asked together, round by round, sorted; also by branches that nobody waited for. */
    synchronized List<List<String>> rounds() {
        stopped();
        while (branches > 0) {
            try {
                wait();
            } catch (InterruptedException timeout) {
                throw new IllegalStateException("a branch that does not end", timeout);
            }
        }
        running++;
        return rounds;
    }

    @Override
    public Reading run(String node, Command command, Duration limit) {
        return ask(command.shown());
    }

    @Override
    public Reading file(String node, String path) {
        return ask(path);
    }

    private Reading ask(String text) {
        CompletableFuture<Reading> answer = new CompletableFuture<>();
        synchronized (this) {
            pending.add(new Question(text, answer));
            stopped();
        }
        return answer.join();
    }

    @Override
    public <T> Branch<T> fork(Supplier<T> part) {
        CompletableFuture<T> result = new CompletableFuture<>();
        synchronized (this) {
            running++;
            branches++;
        }
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(part.get());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            } finally {
                synchronized (this) {
                    branches--;
                    notifyAll();
                    stopped();
                }
            }
        });
        return () -> joined(result);
    }

    private <T> T joined(CompletableFuture<T> result) {
        synchronized (this) {
            if (!result.isDone()) {
                result.whenComplete((value, failure) -> resumed());
                stopped();
            }
        }
        try {
            return result.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        }
    }

    private synchronized void resumed() {
        running++;
    }

    /** One part waits or is done; when all do, everything that was asked is answered. */
    private void stopped() {
        running--;
        if (running == 0 && !pending.isEmpty()) {
            List<Question> round = List.copyOf(pending);
            pending.clear();
            rounds.add(round.stream().map(Question::text).distinct().sorted().toList());
            running += round.size();
            round.forEach(q -> q.answer().complete(answers.getOrDefault(q.text(), new Reading.Unavailable("nobody scripted " + q.text()))));
        }
    }
}
