package org.offx.observe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.offx.eval.Answer;
import org.offx.eval.Evaluation;
import org.offx.eval.Facts;
import org.offx.eval.Undecided;
import org.offx.text.Diagnostic;
import org.offx.value.Value;

/**
 * The facts that a playbook uses, read in as few rounds as conditions on facts allow: all that are asked for together, then
 * those behind them; last those that only the blocks of resources and actions ask for, which show when a plan is made. What
 * was read stays as it was read: a plan is made, and applied, with one answer.
 */
public final class FactReader implements Facts {

    private final Evaluation evaluation;
    private final SideBySide sideBySide;
    private final Map<Request, Value> known = new ConcurrentHashMap<>();
    private final Map<Request, Undecided> unread = new ConcurrentHashMap<>();
    private Set<Request> inCatalog = Set.of();

    FactReader(Evaluation evaluation, SideBySide sideBySide) {
        this.evaluation = evaluation;
        this.sideBySide = sideBySide;
    }

    @Override
    public Value value(Request request) {
        Value value = known.get(request);
        return value != null ? value : Facts.UNKNOWN.value(request);
    }

    /** Reads all that the catalog asks for. */
    void readAll(Observers observers) {
        boolean more = true;
        while (more) {
            inCatalog = evaluation.missingFacts(this);
            more = read(inCatalog, observers);
        }
    }

    /** @param observers read what is missing at its end */
    public Pass pass(Observers observers) {
        return new Pass(observers);
    }

    /**
     * The same facts while nodes are surveyed and a plan is made once: it notes what is asked for in vain. What only a
     * condition asked for whose own facts were not known yet may not be asked for by the next one.
     */
    public final class Pass implements Facts {

        private final Observers observers;
        private final Set<Request> inVain = ConcurrentHashMap.newKeySet();

        private Pass(Observers observers) {
            this.observers = observers;
        }

        @Override
        public Value value(Request request) {
            Value value = known.get(request);
            if (value != null) {
                return value;
            }
            inVain.add(request);
            return Facts.UNKNOWN.value(request);
        }

        /** Reads what was asked for in vain. Whether there was anything: what was made without it is to be made again. */
        public boolean readMore() {
            return read(inVain, observers);
        }

        /** Why facts could not be read that the catalog or this pass asks for, one sentence each. */
        List<String> problems() {
            Set<Request> asked = new LinkedHashSet<>(inCatalog);
            asked.addAll(inVain);
            List<String> problems = new ArrayList<>();
            asked.forEach(request -> Optional.ofNullable(unread.get(request)).ifPresent(why -> problems.add(
                    request.name() + ": " + (why instanceof Undecided.Failed(Diagnostic failed) ? failed.sentence() : why.reason()))));
            problems.sort(null);
            return problems;
        }
    }

    /** Whether there was anything that could not be read before: another one may have read it meanwhile. */
    private boolean read(Set<Request> requests, Observers observers) {
        Set<Request> more = new LinkedHashSet<>(requests);
        more.removeAll(unread.keySet());
        Map<String, List<Request>> byNode = more.stream()
                .filter(request -> !known.containsKey(request))
                .collect(Collectors.groupingBy(Request::node, LinkedHashMap::new, Collectors.toList()));
        sideBySide.each(List.copyOf(byNode.keySet()), node -> read(byNode.get(node), observers));
        return !more.isEmpty();
    }

    private void read(List<Request> requests, Observers observers) {
        List<Answer<Value>> answers = observers.all(requests.stream()
                .<Supplier<Answer<Value>>>map(request -> () -> evaluation.fact(request, observers))
                .toList());
        for (int i = 0; i < requests.size(); i++) {
            switch (answers.get(i)) {
                case Answer.Known<Value>(Value value) -> known.put(requests.get(i), value);
                case Answer.Unknown<Value>(Undecided why) -> unread.put(requests.get(i), why);
            }
        }
    }
}
