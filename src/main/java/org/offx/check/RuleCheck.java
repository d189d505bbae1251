package org.offx.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.check.Scope.Effect;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Expr;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** Rules over nodes and tasks, and tests. */
final class RuleCheck {

    private final Checker checker;

    RuleCheck(Checker checker) {
        this.checker = checker;
    }

    Optional<Definition.RuleDef> rule(Decl.RuleDecl decl, Unit unit) {
        String title = checker.plays.title(decl.title());
        Optional<Symbol> resource = Optional.empty();
        Type type = new Type.Node("");
        if (!decl.over().text().equals("node")) {
            resource = checker.lookup
                    .path(unit, Names.Space.HEAD, decl.over())
                    .filter(checker.shapes::isResource);
            if (resource.isEmpty()) {
                checker.explain.unknownHead(decl.over(), unit);
                return Optional.empty();
            }
            type = subject(checker.shapes.schema(resource.get()));
        }
        Scope file = Scope.of(unit, Optional.empty()).effect(Effect.FACTS).at(Scope.NodeView.ANY);
        Scope scope = checker.lookup.bind(file, decl.variable(), type);
        Optional<Term> when = decl.when().map(w -> checker.exprs.condition(w, scope));
        Scope inside = when.isPresent() ? checker.narrowing.where(when.get(), true, scope) : scope;
        Term condition = checker.exprs.condition(decl.condition(), inside);
        return Optional.of(new Definition.RuleDef(
                title, decl.span(), decl.must(), resource.map(Symbol::name), decl.variable().text(), when, condition));
    }

    /** What a rule sees of a task: its key and what it wants. */
    private static Type subject(Schema schema) {
        SequencedMap<String, Type> fields = new LinkedHashMap<>(schema.desired(true).fields());
        schema.key().forEach(k -> fields.put(k.text(), k.type()));
        return new Type.Record(fields);
    }

    Definition.TestDef test(Decl.TestDecl decl, Unit unit) {
        Scope scope = Scope.of(unit, Optional.empty());
        List<Definition.TestTerm> items = new ArrayList<>();
        for (Decl.TestItem item : decl.items()) {
            switch (item) {
                case Decl.TestLet(Span span, Decl.Let let) -> {
                    List<Term.Let> lets = new ArrayList<>();
                    scope = checker.exprs.let(let, scope, lets);
                    items.add(new Definition.TestLet(lets.getFirst()));
                }
                case Decl.Given(Span span, Expr file) ->
                    items.add(new Definition.Given(span, checker.exprs.check(file, Basic.STRING, scope)));
                case Decl.Expect(Span span, Expr condition) ->
                    items.add(new Definition.Expect(span, checker.exprs.condition(condition, scope)));
                case Decl.ExpectNoChanges(Span span, Expr play, Expr nodes) -> items.add(new Definition.ExpectNoChanges(
                        span, checker.exprs.check(play, Basic.STRING, scope), checker.nodes.members(nodes, scope)));
            }
        }
        return new Definition.TestDef(checker.plays.title(decl.title()), decl.span(), items);
    }
}
