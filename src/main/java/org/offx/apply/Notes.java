package org.offx.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.offx.apply.StepBatch.Sent;
import org.offx.plan.Verdict;

/** What goes to a node around each change: a line in its journal, what the change will owe it, what was paid. */
final class Notes {

    private final Context context;
    private final String node;

    Notes(Context context, String node) {
        this.context = context;
        this.node = node;
    }

    StepBatch.Notes around() {
        return new StepBatch.Notes(this::before, this::after);
    }

    private List<Sent> before(Entry entry) {
        List<String> owe = new ArrayList<>(List.of("offx_owe"));
        owe.addAll(entry.owes());
        String line = context.lock().signature() + ": " + context.title() + ": " + word(entry.plan().verdict()) + " " + entry.name();
        Sent log = Sent.own(NodeScript.log(line), Set.of(entry.spot()), "note it in the journal");
        return owe.size() == 1
                ? List.of(log)
                : List.of(log, Sent.own(
                        context.scripts().lock(node, owe.toArray(String[]::new)), Set.of(entry.spot()), "note what it will owe"));
    }

    private List<Sent> after(Entry entry) {
        return entry.isOwed()
                ? List.of(Sent.own(
                        context.scripts().lock(node, "offx_paid", entry.name()), Set.of(entry.spot()), "note that it is done"))
                : List.of();
    }

    private static String word(Verdict verdict) {
        return verdict.kind().word();
    }
}
