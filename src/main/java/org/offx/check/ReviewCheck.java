package org.offx.check;

import java.util.ArrayList;
import java.util.List;
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
        return lines(items, inside.reviewing());
    }

    /** An action is reviewed whenever it is asked for. */
    List<ReviewTerm> ofAction(List<ResourceItem.ReviewItem> items, Scope scope) {
        return lines(items, scope.effect(Effect.PROBES));
    }

    private List<ReviewTerm> lines(List<ResourceItem.ReviewItem> items, Scope outer) {
        List<ReviewTerm> review = new ArrayList<>();
        Scope scope = outer;
        for (ResourceItem.ReviewItem item : items) {
            switch (item) {
                case ResourceItem.ReviewLet(Span span, Decl.Let let) -> {
                    List<Term.Let> lets = new ArrayList<>();
                    scope = checker.exprs.let(let, scope, lets);
                    review.add(new ReviewTerm.Let(lets.getFirst()));
                }
                case ResourceItem.When when -> review.add(when(when, scope));
                case ResourceItem.Show show -> {
                    Term trigger = checker.exprs.condition(show.trigger(), scope);
                    Scope inside = checker.narrowing.where(trigger, true, scope);
                    Term title = checker.exprs.check(show.title(), Basic.STRING, inside);
                    review.add(new ReviewTerm.Show(
                            show.span(), trigger, title, checker.exprs.infer(show.value(), inside)));
                }
            }
        }
        return review;
    }

    private ReviewTerm when(ResourceItem.When when, Scope scope) {
        Term trigger = checker.exprs.condition(when.trigger(), scope);
        Scope triggered = checker.narrowing.where(trigger, true, scope);
        Optional<Term> condition = when.condition().map(c -> checker.exprs.condition(c, triggered));
        Scope inside = condition.isPresent() ? checker.narrowing.where(condition.get(), true, triggered) : triggered;
        Term text = checker.exprs.check(when.text(), Basic.STRING, inside);
        return new ReviewTerm.When(when.span(), trigger, when.verdict(), text, condition);
    }
}
