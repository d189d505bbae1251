package org.offx.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.offx.value.Value;

/**
 * That a condition around an evaluation cannot be decided yet, so that every way behind it is gone. A function that calls
 * itself has such ways without end, or as many as the leaves of a tree: each call is made once, and one that is met inside of
 * itself, or is one too many, is not known. What reads nodes is not guessed, and other threads (with a function that was made here) do not
 * share it.
 */
final class Guess {

    /** Calls within calls. Nobody knows that the recursion would be as deep. */
    private static final int DEEPEST = 100;

    private static final int MOST = 10_000;

    private record Call(String function, List<Value> arguments, Optional<String> node) {}

    private sealed interface Outcome {
        record Under() implements Outcome {}

        record Ended(Value value) implements Outcome {}

        record Failed(EvalFailure failure) implements Outcome {}
    }

    private final Thread owner = Thread.currentThread();
    private final Value condition;
    private final Map<Call, Outcome> calls = new HashMap<>();
    private int depth;

    /** @param condition the value that is not known */
    Guess(Value condition) {
        this.condition = condition;
    }

    Value call(String function, List<Value> arguments, Optional<String> node, Supplier<Value> body) {
        if (Thread.currentThread() != owner) {
            return body.get();
        }
        Call call = new Call(function, arguments, node);
        return switch (calls.get(call)) {
            case null -> depth >= DEEPEST || calls.size() >= MOST ? condition : first(call, body);
            case Outcome.Under under -> condition;
            case Outcome.Ended(Value value) -> value;
            case Outcome.Failed(EvalFailure failure) -> throw failure;
        };
    }

    private Value first(Call call, Supplier<Value> body) {
        calls.put(call, new Outcome.Under());
        depth++;
        try {
            Value value = body.get();
            calls.put(call, new Outcome.Ended(value));
            return value;
        } catch (EvalFailure failure) {
            calls.put(call, new Outcome.Failed(failure));
            throw failure;
        } finally {
            depth--;
        }
    }
}
