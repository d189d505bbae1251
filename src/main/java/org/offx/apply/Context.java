package org.offx.apply;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.offx.apply.StepBatch.Leg;
import org.offx.apply.StepBatch.Sent;
import org.offx.eval.Evaluation;
import org.offx.observe.FactReader;
import org.offx.observe.Fleet;
import org.offx.observe.NodeReader;
import org.offx.plan.Seal;
import org.offx.remote.Answer;
import org.offx.remote.Attempt;
import org.offx.remote.ConnectionLost;
import org.offx.remote.Failure;
import org.offx.remote.Mode;
import org.offx.remote.Request;
import org.offx.remote.Session;

/**
 * What all parts of one apply share.
 *
 * @param known what was found out about the nodes so far
 * @param lock this apply's part in the locks of its nodes
 * @param exact nothing is done that the plan does not have
 */
record Context(
        Evaluation evaluation,
        FactReader facts,
        Known known,
        Fleet fleet,
        NodeReader reader,
        InstantSource clock,
        Pause pause,
        Progress progress,
        Cancellation cancellation,
        Seal seal,
        NodeScript scripts,
        NodeLock lock,
        String title,
        Set<String> consents,
        boolean exact) {

    /**
     * Carries out legs one after the other, in front of each the lock, until one is not done.
     *
     * @return whether all was done
     */
    boolean send(List<Leg> legs, NodeLock.Mode mode, Transcript transcript) {
        boolean going = true;
        for (Leg leg : legs) {
            if (going) {
                going = send(leg, mode, transcript);
            } else {
                leg.sent().forEach(transcript::leave);
            }
        }
        return going;
    }

    private boolean send(Leg leg, NodeLock.Mode mode, Transcript transcript) {
        Sent held = lock.keep(leg.node(), mode, leg.sent());
        List<Sent> all = new ArrayList<>(List.of(held));
        all.addAll(leg.sent());
        List<Request> batch = all.stream().map(Sent::request).toList();
        return switch (fleet.session(leg.node())) {
            case Attempt.Failed<Session>(Failure failure) -> {
                List<Answer> answers = batch.stream().<Answer>map(r -> new Answer.Lost(Answer.Fate.NOT_STARTED)).toList();
                yield transcript.add(all, answers, Optional.of(failure.sentence()));
            }
            case Attempt.Reached<Session>(Session session) -> {
                try {
                    yield transcript.add(all, fleet.exchange(session, batch, Mode.UNTIL_FAILURE), Optional.empty());
                } catch (ConnectionLost lost) {
                    yield transcript.add(all, lost.answers(), Optional.of(String.valueOf(lost.getMessage())));
                }
            }
        };
    }

    /** One request of the engine's own; empty where the connection is gone. */
    Optional<Answer> ask(String node, Request request) {
        if (fleet.session(node) instanceof Attempt.Reached<Session>(Session session)) {
            try {
                return Optional.of(fleet.exchange(session, List.of(request), Mode.UNTIL_FAILURE).getFirst());
            } catch (ConnectionLost lost) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
