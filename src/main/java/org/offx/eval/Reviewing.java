package org.offx.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.offx.check.ReviewTerm;
import org.offx.check.Term;
import org.offx.eval.Review.Note;
import org.offx.eval.Review.Show;
import org.offx.text.Span;
import org.offx.tree.ResourceItem.Verdict;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Asks the lines of a review, side by side where they read a node. */
final class Reviewing {

    private static final String CHANGES = "changes";

    private sealed interface Said {}

    private record Nothing() implements Said {}

    private record Judged(Verdict verdict, Optional<String> attribute, String text) implements Said {}

    private record Listed(Show show) implements Said {}

    private record Unanswered(Undecided why) implements Said {}

    private final List<Said> said;

    private Reviewing(List<Said> said) {
        this.said = said;
    }

    /** @param scope what the review's terms see, with {@code changes}, {@code create}, {@code update}, {@code delete} */
    static Review of(List<ReviewTerm> terms, Scope scope) {
        List<Probing.Part<Said>> parts = new ArrayList<>();
        Scope behind = scope;
        for (ReviewTerm term : terms) {
            Scope here = behind;
            switch (term) {
                case ReviewTerm.Let(Term.Let let) -> behind = here.with(let);
                case ReviewTerm.When when -> parts.add(new Probing.Part<>(
                        read(here, Stream.concat(Stream.of(when.trigger(), when.text()), when.condition().stream())),
                        () -> answered(when.span(), () -> when(when, here))));
                case ReviewTerm.Show show -> parts.add(new Probing.Part<>(
                        read(here, Stream.of(show.trigger(), show.title(), show.value())),
                        () -> answered(show.span(), () -> show(show, here))));
            }
        }
        return new Reviewing(Probing.sideBySide(parts, scope)).review();
    }

    private static boolean read(Scope scope, Stream<Term> terms) {
        return terms.anyMatch(term -> Subterms.read(term, scope));
    }

    private static Said answered(Span at, Supplier<Said> line) {
        return switch (Evaluation.asked(at, line)) {
            case Answer.Known<Said>(Said known) -> known;
            case Answer.Unknown<Said>(Undecided why) -> new Unanswered(why);
        };
    }

    private static Said when(ReviewTerm.When when, Scope scope) {
        if (!triggered(when.trigger(), scope)) {
            return new Nothing();
        }
        Value condition = when.condition().map(term -> Terms.value(term, scope)).orElse(new Value.Bool(true));
        if (condition instanceof Value.Unknown(String origin, String shown)) {
            return new Unanswered(new Undecided.Awaits(origin));
        }
        return condition.equals(new Value.Bool(true))
                ? new Judged(when.verdict(), attribute(when.trigger()), Shown.text(Terms.value(when.text(), scope)))
                : new Nothing();
    }

    private static Said show(ReviewTerm.Show show, Scope scope) {
        if (!triggered(show.trigger(), scope)) {
            return new Nothing();
        }
        List<String> lines = lines(Terms.value(show.value(), scope));
        return lines.isEmpty() ? new Nothing() : new Listed(new Show(Shown.text(Terms.value(show.title(), scope)), lines));
    }

    private static List<String> lines(Value value) {
        return switch (value) {
            case Value.Nothing nothing -> List.of();
            case Value.Items(List<Value> values) -> values.stream().map(Shown::text).toList();
            case Value.Group(var values) -> values.stream().map(Shown::text).toList();
            case Value.Table(var entries) -> entries.entrySet().stream()
                    .map(entry -> Shown.text(entry.getKey()) + ": " + Shown.text(entry.getValue()))
                    .toList();
            default -> Shown.text(value).lines().toList();
        };
    }

    /** {@code changes} by itself asks whether there are any. */
    private static boolean triggered(Term trigger, Scope scope) {
        return switch (trigger) {
            case Term.Local local when local.name().equals(CHANGES) ->
                    ((Value.Struct) Terms.value(local, scope)).fields().containsValue(new Value.Bool(true));
            case Term.Logic(var span, var type, Term.Operator operator, Term left, Term right) when operator == Term.Operator.AND ->
                    triggered(left, scope) && triggered(right, scope);
            case Term.Logic(var span, var type, Term.Operator operator, Term left, Term right) when operator == Term.Operator.OR ->
                    triggered(left, scope) || triggered(right, scope);
            default -> Terms.condition(trigger, scope).orElse(true);
        };
    }

    private static Optional<String> attribute(Term trigger) {
        return trigger instanceof Term.Field field && field.target() instanceof Term.Local local && local.name().equals(CHANGES)
                ? Optional.of(field.name())
                : Optional.empty();
    }

    private Review review() {
        return new Review(
                texts(Verdict.REFUSE),
                texts(Verdict.CONSENT),
                judged(Verdict.NOTE).map(judged -> new Note(judged.attribute(), judged.text())).toList(),
                said.stream().filter(Listed.class::isInstance).map(s -> ((Listed) s).show()).toList(),
                said.stream().filter(Unanswered.class::isInstance).map(s -> ((Unanswered) s).why()).distinct().toList());
    }

    private List<String> texts(Verdict verdict) {
        return judged(verdict).map(Judged::text).distinct().toList();
    }

    private Stream<Judged> judged(Verdict verdict) {
        return said.stream().filter(Judged.class::isInstance).map(Judged.class::cast).filter(j -> j.verdict() == verdict);
    }
}
