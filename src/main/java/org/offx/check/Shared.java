package org.offx.check;

import java.util.Optional;
import org.offx.tree.Decl;
import org.offx.type.Type.Basic;

/** A {@code let} of a resource, as one of its blocks sees it: checked in that block's scope, when it is first used there. */
final class Shared {

    private final Checker checker;
    private final Decl.Let let;
    private final Scope scope;
    private boolean underWay;
    private Optional<Term> term = Optional.empty();

    Shared(Checker checker, Decl.Let let, Scope scope) {
        this.checker = checker;
        this.let = let;
        this.scope = scope;
    }

    /** Its value, checked now if nobody has asked yet. */
    Term value() {
        if (term.isEmpty()) {
            if (underWay) {
                return ExprCheck.missing(let.name().span());
            }
            underWay = true;
            term = Optional.of(checker.exprs.letValue(let, scope));
        }
        return term.get();
    }

    /** Its value, if somebody has used it. */
    Optional<Term> used() {
        return term.filter(t -> t.type() != Basic.ERROR);
    }
}
