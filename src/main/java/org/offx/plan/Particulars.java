package org.offx.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.check.Definition.AttributeDef;
import org.offx.check.Definition.Role;
import org.offx.eval.Observation;
import org.offx.eval.Review;
import org.offx.eval.Task;
import org.offx.eval.Undecided;
import org.offx.plan.Gathered.Finding;
import org.offx.plan.Plan.AttributeChange;
import org.offx.plan.Plan.Remark;
import org.offx.plan.Plan.Seen;
import org.offx.value.Value;

/** What a plan says of a task besides its verdict and its steps, as canonical text. */
final class Particulars {

    private final Seal seal;

    Particulars(Seal seal) {
        this.seal = seal;
    }

    /** What differs; where nothing is there, all that is declared. */
    List<AttributeChange> changes(Finding finding, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Create create -> declared(finding);
            case Verdict.Deferred(String until, Optional<Verdict> estimate) ->
                estimate.map(guess -> changes(finding, guess)).orElse(List.of());
            case Verdict.Unknown unknown -> List.of();
            case Verdict.Unreachable unreachable -> List.of();
            case Verdict.Failed failed -> List.of();
            case Verdict.Delete delete -> List.of();
            case Verdict.Ok ok -> differences(finding);
            case Verdict.Update update -> differences(finding);
            case Verdict.Replace replace -> differences(finding);
            case Verdict.Rename rename -> differences(finding);
            case Verdict.Act act -> differences(finding);
            case Verdict.Blocked blocked -> differences(finding);
            case Verdict.Pending pending -> differences(finding);
            case Verdict.Drifted drifted -> differences(finding);
        };
    }

    private List<AttributeChange> differences(Finding finding) {
        return finding.changes().attributes().stream()
                .map(change -> new AttributeChange(
                        change.path(), there(change.before()), there(change.after()), note(finding, change.attribute())))
                .toList();
    }

    private Optional<String> there(Value value) {
        return value == Value.Nothing.NULL ? Optional.empty() : Optional.of(text(value));
    }

    private static Optional<String> note(Finding finding, String attribute) {
        List<String> notes = finding.review().notes().stream()
                .filter(note -> note.attribute().equals(Optional.of(attribute)))
                .map(Review.Note::text)
                .toList();
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes));
    }

    /** What a review says besides what stands beside an attribute. */
    static List<Remark> remarks(Review review) {
        List<Remark> remarks = new ArrayList<>();
        review.notes().stream()
                .filter(note -> note.attribute().isEmpty())
                .forEach(note -> remarks.add(new Remark("note", List.of(note.text()))));
        review.shows().forEach(show -> remarks.add(new Remark(show.title(), show.lines())));
        return remarks;
    }

    private List<AttributeChange> declared(Finding finding) {
        Task task = finding.task();
        List<AttributeChange> changes = new ArrayList<>();
        task.desired().forEach((name, value) -> {
            boolean stated = task.resource().attribute(name).map(AttributeDef::role).filter(Particulars::isState).isPresent();
            if (stated && !isEmpty(value)) {
                changes.add(new AttributeChange(name, Optional.empty(), there(value), note(finding, name)));
            }
        });
        return changes;
    }

    /** Nothing of it would be made, so that there is nothing to say. */
    private static boolean isEmpty(Value value) {
        return value instanceof Value.Nothing
                || value instanceof Value.Items(var values) && values.isEmpty()
                || value instanceof Value.Group(var elements) && elements.isEmpty()
                || value instanceof Value.Table(var entries) && entries.isEmpty();
    }

    private static boolean isState(Role role) {
        return switch (role) {
            case Role.Managed managed -> true;
            case Role.AtCreate atCreate -> true;
            case Role.Fixed fixed -> true;
            case Role.ReadOnly readOnly -> false;
            case Role.Option option -> false;
        };
    }

    /** What is promised about: of what was observed, that which is declared. Other figures may move as they like. */
    Seen seen(Finding finding) {
        Observation state =
                finding.state() instanceof Observation.Absent ? finding.former().orElse(finding.state()) : finding.state();
        return switch (state) {
            case Observation.Present(var attributes) -> {
                SequencedMap<String, String> values = new LinkedHashMap<>();
                attributes.forEach((name, value) -> {
                    if (finding.task().desired().containsKey(name)) {
                        values.put(name, text(value));
                    }
                });
                yield new Seen.There(values);
            }
            case Observation.Absent absent -> new Seen.Absent();
            case Undecided nobodyKnows -> new Seen.NotRead();
        };
    }

    private String text(Value value) {
        return CanonicalText.of(value, seal);
    }
}
