package org.offx.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.offx.check.Scope.Effect;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.ResourceItem;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** Reviews, and the record {@code changes}, whose fields are the questions whether an attribute changes. */
final class ReviewCheck {

    static final List<String> OPERATIONS = List.of("create", "update", "delete");

    private final Checker checker;

    ReviewCheck(Checker checker) {
        this.checker = checker;
    }

    /** {@code changes} as a condition: any of its attributes changes. */
    static Term anyChange(Span span, Type changes) {
        Term any = new Term.Const(span, Basic.BOOL, new Value.Bool(false));
        Term local = new Term.Local(span, changes, "changes");
        boolean first = true;
        for (String attribute : ((Type.Record) changes).fields().keySet()) {
            Term changed = new Term.Field(span, Basic.BOOL, local, attribute, false);
            any = first ? changed : new Term.Logic(span, Basic.BOOL, Term.Operator.OR, any, changed);
            first = false;
        }
        return any;
    }

    List<ReviewTerm> review(List<ResourceItem.ReviewItem> items, Inside inside) {
        return lines(items, inside.reviewing(), Optional.of(inside));
    }

    /** An action is reviewed whenever it is asked for. */
    List<ReviewTerm> ofAction(List<ResourceItem.ReviewItem> items, Scope scope) {
        return lines(items, scope.effect(Effect.PROBES), Optional.empty());
    }

    private List<ReviewTerm> lines(List<ResourceItem.ReviewItem> items, Scope outer, Optional<Inside> resource) {
        List<ReviewTerm> review = new ArrayList<>();
        Scope scope = outer;
        for (ResourceItem.ReviewItem item : items) {
            switch (item) {
                case ResourceItem.ReviewLet(Span span, Decl.Let let) -> {
                    List<Term.Let> lets = new ArrayList<>();
                    scope = checker.exprs.let(let, scope, lets);
                    review.add(new ReviewTerm.Let(lets.getFirst()));
                }
                case ResourceItem.When when -> review.add(when(when, scope, resource));
                case ResourceItem.Show show -> {
                    Term trigger = checker.exprs.condition(show.trigger(), scope);
                    Scope inside = where(trigger, scope, resource);
                    Term title = checker.exprs.check(show.title(), Basic.STRING, inside);
                    review.add(new ReviewTerm.Show(
                            show.span(), trigger, title, checker.exprs.infer(show.value(), inside)));
                }
            }
        }
        return review;
    }

    private ReviewTerm when(ResourceItem.When when, Scope scope, Optional<Inside> resource) {
        Term trigger = checker.exprs.condition(when.trigger(), scope);
        Scope triggered = where(trigger, scope, resource);
        Optional<Term> condition = when.condition().map(c -> checker.exprs.condition(c, triggered));
        Scope inside = condition.isPresent() ? checker.narrowing.where(condition.get(), true, triggered) : triggered;
        Term text = checker.exprs.check(when.text(), Basic.STRING, inside);
        return new ReviewTerm.When(when.span(), trigger, when.verdict(), text, condition);
    }

    /** What is known where the trigger holds: what is there was observed, and what a task must give is given. */
    private Scope where(Term trigger, Scope scope, Optional<Inside> resource) {
        Map<String, Type> facts = new HashMap<>(checker.narrowing.facts(trigger, true, scope));
        if (resource.isPresent()) {
            Moment moment = moment(trigger, scope, resource.get().creates());
            if (moment.there) {
                facts.put("observed", resource.get().observed());
            }
            if (moment.wanted) {
                resource.get().schema().attributes().forEach((name, attribute) -> {
                    if (attribute.required()) {
                        facts.put("desired." + name, attribute.slot().type());
                    }
                });
            }
        }
        return scope.narrowed(facts);
    }

    /** When a trigger can hold: only where something is there already, only where it is to be there. */
    private record Moment(boolean there, boolean wanted) {}

    private static Moment moment(Term trigger, Scope scope, boolean creates) {
        return switch (trigger) {
            case Term.Local(Span span, Type type, String name) -> new Moment(
                    name.equals("update") || name.equals("delete"), name.equals("update") || name.equals("create"));
            case Term.Logic(Span span, Type type, Term.Operator operator, Term left, Term right) -> {
                Moment a = moment(left, scope, creates);
                Moment b = moment(right, scope, creates);
                yield operator == Term.Operator.AND
                        ? new Moment(a.there || b.there, a.wanted || b.wanted)
                        : new Moment(a.there && b.there, a.wanted && b.wanted);
            }
            // What is given changes where nothing is there, too, if that can be created.
            default -> Narrowing.changedAttribute(trigger, scope).isPresent()
                    ? new Moment(!creates, true)
                    : new Moment(false, false);
        };
    }
}
