package org.offx.observe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 * was read stays as it was read: a plan is made with one answer.
 */
final class FactReader implements Facts {

    private final Evaluation evaluation;
    private final Observers observers;
    private final SideBySide sideBySide;
    private final Map<Request, Value> known = new ConcurrentHashMap<>();
    private final Map<Request, Undecided> unread = new ConcurrentHashMap<>();
    private final Set<Request> asked = ConcurrentHashMap.newKeySet();

    FactReader(Evaluation evaluation, Observers observers, SideBySide sideBySide) {
        this.evaluation = evaluation;
        this.observers = observers;
        this.sideBySide = sideBySide;
    }

    @Override
    public Value value(Request request) {
        Value value = known.get(request);
        if (value != null) {
            return value;
        }
        asked.add(request);
        return Facts.UNKNOWN.value(request);
    }

    /** Reads all that the catalog asks for. */
    void readAll() {
        for (Set<Request> missing = missing(); !missing.isEmpty(); missing = missing()) {
            readSideBySide(missing);
        }
    }

    /** Reads what has been asked for since, in vain. Whether there was anything: what was made without it is to be made again. */
    boolean readMore() {
        Set<Request> more = new LinkedHashSet<>(asked);
        more.removeAll(known.keySet());
        more.removeAll(unread.keySet());
        readSideBySide(more);
        return !more.isEmpty();
    }

    private void readSideBySide(Set<Request> requests) {
        Map<String, List<Request>> byNode = requests.stream()
                .collect(Collectors.groupingBy(Request::node, LinkedHashMap::new, Collectors.toList()));
        sideBySide.each(List.copyOf(byNode.keySet()), node -> read(byNode.get(node)));
    }

    /** Why facts that the playbook uses could not be read, one sentence each. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        unread.forEach((request, why) -> problems.add(
                request.name() + ": " + (why instanceof Undecided.Failed(Diagnostic failed) ? failed.sentence() : why.reason())));
        problems.sort(null);
        return problems;
    }

    private Set<Request> missing() {
        Set<Request> missing = new LinkedHashSet<>(evaluation.missingFacts(this));
        missing.removeAll(unread.keySet());
        return missing;
    }

    private void read(List<Request> requests) {
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
