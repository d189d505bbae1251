package org.offx.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.offx.eval.Probes;
import org.offx.eval.Reading;
import org.offx.value.Command;

/**
 * Runs observers side by side, each on a virtual thread that simply blocks where it probes, and sends what they ask in as
 * few round trips as possible: whenever every observer of a crew (the observers of one node) is blocked or done, all that
 * the crew waits for goes out at once, identical questions once. What was answered is remembered: who wants to know anew asks
 * new observers.
 */
public final class Observers implements Probes {

    private static final ScopedValue<Crew> CREW = ScopedValue.newInstance();

    private final NodeReader reader;
    private final Map<String, Map<Question, Reading>> answers = new ConcurrentHashMap<>();

    public Observers(NodeReader reader) {
        this.reader = reader;
    }

    /**
     * Runs all observers of one node, and waits for them and for all that they forked, needed or not: which questions a node
     * is asked must not depend on who is faster.
     *
     * @return what each gave, in order
     * @throws RuntimeException what an observer threw, once all have ended: a bug, never an answer of a node
     */
    public <T> List<T> all(List<? extends Supplier<T>> observers) {
        Crew crew = new Crew();
        List<Part<T>> parts = new ArrayList<>();
        crew.enter();
        for (Supplier<T> observer : observers) {
            parts.add(crew.start(observer));
        }
        crew.leave();
        crew.awaitAll();
        List<T> results = new ArrayList<>();
        for (Part<T> part : parts) {
            results.add(part.result());
        }
        return results;
    }

    /** Why a node cannot be asked at all; empty where it can. May wait for its connection. */
    public Optional<String> unreachable(String node) {
        return reader.unreachable(node);
    }

    @Override
    public Reading run(String node, Command command, Duration limit) {
        return ask(node, new Question.Run(command, limit));
    }

    @Override
    public Reading file(String node, String path) {
        return ask(node, new Question.FileState(path));
    }

    @Override
    public <T> Branch<T> fork(Supplier<T> part) {
        Crew crew = CREW.get();
        Part<T> started = crew.start(part);
        return () -> crew.join(started);
    }

    private Reading ask(String node, Question question) {
        Reading known = answers.getOrDefault(node, Map.of()).get(question);
        return known != null ? known : CREW.get().wait(node, question);
    }

    /** Something that runs on a thread of its own and ends with a value or a failure. */
    private static final class Part<T> {
        private final Condition ended;
        private @Nullable T value;
        private @Nullable Throwable failure;
        private boolean done;
        private int joining;

        Part(ReentrantLock lock) {
            this.ended = lock.newCondition();
        }

        @SuppressWarnings("NullAway") // done: either the value is there, as its supplier gave it, or the failure is
        T result() {
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            return value;
        }
    }

    /** The observers of one node, and what they wait for. */
    private final class Crew {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition answered = lock.newCondition();
        private final Condition allEnded = lock.newCondition();
        private final Map<String, Map<Question, Ticket>> waiting = new LinkedHashMap<>();
        private int running;
        private int started;

        void enter() {
            lock.lock();
            try {
                running++;
            } finally {
                lock.unlock();
            }
        }

        void leave() {
            lock.lock();
            try {
                pause();
            } finally {
                lock.unlock();
            }
        }

        /** Waits until every part has ended. Whoever waits here is no observer. */
        void awaitAll() {
            lock.lock();
            try {
                while (started > 0) {
                    allEnded.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }

        <T> Part<T> start(Supplier<T> work) {
            Part<T> part = new Part<>(lock);
            lock.lock();
            try {
                running++;
                started++;
            } finally {
                lock.unlock();
            }
            Thread.ofVirtual().start(() -> ScopedValue.where(CREW, this).run(() -> finish(part, work)));
            return part;
        }

        private <T> void finish(Part<T> part, Supplier<T> work) {
            @Nullable T value = null;
            @Nullable Throwable failure = null;
            try {
                value = work.get();
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
            }
            lock.lock();
            try {
                part.value = value;
                part.failure = failure;
                part.done = true;
                running += part.joining;
                part.ended.signalAll();
                started--;
                allEnded.signalAll();
                pause();
            } finally {
                lock.unlock();
            }
        }

        <T> T join(Part<T> part) {
            lock.lock();
            try {
                if (!part.done) {
                    part.joining++;
                    pause();
                    while (!part.done) {
                        part.ended.awaitUninterruptibly();
                    }
                }
                return part.result();
            } finally {
                lock.unlock();
            }
        }

        Reading wait(String node, Question question) {
            lock.lock();
            try {
                Ticket ticket = waiting.computeIfAbsent(node, n -> new LinkedHashMap<>())
                        .computeIfAbsent(question, q -> new Ticket());
                ticket.waiters++;
                pause();
                while (ticket.reading == null && ticket.failure == null) {
                    answered.awaitUninterruptibly();
                }
                return ticket.result();
            } finally {
                lock.unlock();
            }
        }

        /** One observer less is running; where it was the last one, what all wait for goes out. Called with the lock. */
        private void pause() {
            running--;
            if (running == 0) {
                waiting.forEach((node, tickets) ->
                        Thread.ofPlatform().daemon().name("reads " + node).start(() -> exchange(node, tickets)));
                waiting.clear();
            }
        }

        private void exchange(String node, Map<Question, Ticket> tickets) {
            List<Question> asked = List.copyOf(tickets.keySet());
            @Nullable List<Reading> readings = null;
            @Nullable Throwable failure = null;
            try {
                readings = reader.ask(node, asked);
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
            }
            lock.lock();
            try {
                Map<Question, Reading> known = answers.computeIfAbsent(node, n -> new ConcurrentHashMap<>());
                for (int i = 0; i < asked.size(); i++) {
                    Ticket ticket = tickets.get(asked.get(i));
                    running += ticket.waiters;
                    if (readings == null) {
                        ticket.failure = failure;
                    } else {
                        ticket.reading = readings.get(i);
                        known.put(asked.get(i), readings.get(i));
                    }
                }
                answered.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** One question on its way, and how many observers wait for it. */
    private static final class Ticket {
        private int waiters;
        private @Nullable Reading reading;
        private @Nullable Throwable failure;

        Reading result() {
            if (reading != null) {
                return reading;
            }
            throw new IllegalStateException("reading a node failed", failure);
        }
    }
}
