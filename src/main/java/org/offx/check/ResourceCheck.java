package org.offx.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offx.check.Scope.Effect;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.tree.ResourceItem;
import org.offx.tree.ResourceItem.Operation;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** Resources and actions: schema, what they observe, what their operations see. */
final class ResourceCheck {

    private static final Set<String> CARRIED = Set.of("tags", "timeout", "needs", "moved");

    private final Checker checker;

    ResourceCheck(Checker checker) {
        this.checker = checker;
    }

    Definition.ResourceDef resource(Symbol symbol) {
        Decl.ResourceDecl decl = (Decl.ResourceDecl) symbol.decl();
        Schema schema = checker.shapes.schema(symbol);
        schemaNames(decl, schema);
        decl.scope().filter(s -> !s.text().equals("cluster")).ifPresent(s -> checker.problems.add(Diagnostic.error(
                        Code.UNKNOWN_NAME, s.span(), "a resource belongs to a node, or `of cluster`, and not to `" + s.text() + "`")));
        Inside inside = new Inside(checker, schema, decl.items());
        once(decl.items(), "`" + symbol.simple() + "`");
        if (decl.items().stream().noneMatch(ResourceItem.Observe.class::isInstance)) {
            checker.problems.add(Diagnostic.error(
                            Code.MISSING_ATTRIBUTE, symbol.span(), "`" + symbol.simple() + "` does not say how it is observed")
                    .note("every resource has an `observe { … }` that gives its attributes as they are, or `absent`"));
        }
        return new Definition.ResourceDef(
                symbol.name(), symbol.span(), decl.doc(), schema.cluster(), checker.globals.params(symbol),
                attributes(schema, inside.defaults()), needs(decl, inside), needsUseLets(decl),
                overwrites(decl),
                checker.library.whenAsked(symbol, () -> blocks(decl, schema, inside)));
    }

    private List<Term> needs(Decl.ResourceDecl decl, Inside inside) {
        List<Term> needs = new ArrayList<>();
        for (ResourceItem item : decl.items()) {
            if (item instanceof ResourceItem.NeedsMember(Span span, Expr references)) {
                needs.add(checker.taskBodies.references(references, inside.needing()));
            }
        }
        return needs;
    }

    private static boolean needsUseLets(Decl.ResourceDecl decl) {
        List<String> lets = decl.items().stream()
                .filter(ResourceItem.LetMember.class::isInstance)
                .map(item -> ((ResourceItem.LetMember) item).let().name().text())
                .toList();
        return decl.items().stream()
                .anyMatch(item -> item instanceof ResourceItem.NeedsMember(Span span, Expr references)
                        && lets.stream().anyMatch(let -> Mentions.of(let, references)));
    }

    private static boolean overwrites(Decl.ResourceDecl decl) {
        return decl.items().stream()
                .anyMatch(item -> item instanceof ResourceItem.Operate operate && StepCheck.overwrite(operate.steps()));
    }

    private Definition.Blocks blocks(Decl.ResourceDecl decl, Schema schema, Inside inside) {
        Optional<Term> observe = observe(decl, schema, inside);
        Bodies bodies = new Bodies(inside);
        decl.items().forEach(bodies::add);
        return new Definition.Blocks(inside.lets(), observe, bodies.listing, bodies.review, bodies.operations);
    }

    /** The first thing to look at: what it proves is what the other blocks may rely on. */
    private Optional<Term> observe(Decl.ResourceDecl decl, Schema schema, Inside inside) {
        Observing observing = new Observing(checker, schema);
        Optional<Term> observe = Optional.empty();
        for (ResourceItem item : decl.items()) {
            if (item instanceof ResourceItem.Observe(Span span, Expr body)) {
                Term term = observing.observe(body, inside.observing());
                inside.observes(observing.proven(term.type()));
                observe = Optional.of(term);
            }
        }
        return observe;
    }

    /** Names that a schema cannot give an attribute, and those that it gives twice. */
    private void schemaNames(Decl.ResourceDecl decl, Schema schema) {
        Set<String> seen = new HashSet<>();
        schema.key().forEach(k -> seen.add(k.text()));
        for (ResourceItem item : decl.items()) {
            if (item instanceof ResourceItem.SchemaAttribute attribute && checker.declarations.once(seen, attribute.name())) {
                Name name = attribute.name();
                if (CARRIED.contains(name.text())) {
                    checker.problems.add(Diagnostic.error(
                                    Code.DUPLICATE_NAME, name.span(), "every task has `" + name.text() + "` already")
                            .note("give the attribute another name"));
                }
            }
        }
    }

    /** One of each block and operation; {@code perform} is for actions. */
    void once(List<ResourceItem> items, String what) {
        Map<String, Span> seen = new HashMap<>();
        for (ResourceItem item : items) {
            String name = switch (item) {
                case ResourceItem.Observe ignored -> "observe";
                case ResourceItem.Listing ignored -> "list";
                case ResourceItem.Review ignored -> "review";
                case ResourceItem.Operate operate -> operate.operation().name().toLowerCase(Locale.ROOT);
                case ResourceItem.NeedsMember ignored -> "";
                case ResourceItem.SchemaAttribute ignored -> "";
                case ResourceItem.LetMember ignored -> "";
            };
            Span before = name.isEmpty() ? item.span() : seen.putIfAbsent(name, item.span());
            if (!name.isEmpty() && before != null) {
                checker.problems.add(Diagnostic.error(
                                Code.DUPLICATE_NAME, head(item.span(), name), what + " has two `" + name + "` blocks")
                        .and(head(before, name), "the first one"));
            }
        }
    }

    private static Span head(Span block, String word) {
        return block.source().span(block.start(), Math.min(block.end(), block.start() + word.length()));
    }

    private List<Definition.AttributeDef> attributes(Schema schema, Scope scope) {
        List<Definition.AttributeDef> attributes = new ArrayList<>();
        for (Schema.Attribute attribute : schema.attributes().values()) {
            Slot slot = attribute.slot();
            Optional<Term> value = slot.defaultValue().map(d -> checker.exprs.check(d, slot.type(), scope));
            Optional<Term> same = attribute.same().map(s -> same(s, slot.type(), scope));
            if (attribute.block().isPresent() && !(Types.core(slot.type()) instanceof Type.MapOf)) {
                checker.problems.error(
                        Code.TYPE_MISMATCH,
                        attribute.block().get().span(),
                        "blocks are entries of a map, and `" + slot.text() + "` is " + TypeNames.a(slot.type()));
            }
            attributes.add(new Definition.AttributeDef(
                    slot.text(), slot.name().span(), slot.doc(), slot.type(), value, role(attribute, scope),
                    attribute.required(), attribute.liveAndKept(), same, attribute.block().map(Name::text)));
        }
        return attributes;
    }

    private Definition.Role role(Schema.Attribute attribute, Scope scope) {
        return switch (attribute.kind()) {
            case MANAGED -> new Definition.Role.Managed();
            case READONLY -> new Definition.Role.ReadOnly();
            case OPTION -> new Definition.Role.Option();
            case AT_CREATE -> new Definition.Role.AtCreate();
            case FIXED -> new Definition.Role.Fixed(
                    checker.exprs.check(attribute.instead().orElseThrow(), Basic.STRING, scope));
        };
    }

    /** {@code same by f}, or an expression of {@code it}: a function of the bare value. */
    private Term same(Expr written, Type type, Scope scope) {
        Type value = type instanceof Type.Prop(Type inner) ? inner : type;
        if (written instanceof Expr.Lambda || written instanceof Expr.Ref || written instanceof Expr.Member) {
            Term term = checker.exprs.term(
                    written, new Type.Function(List.of(value), new Type.Variable("U")), scope);
            if (Fitting.isBroken(term) || term.type() instanceof Type.Function) {
                return term;
            }
        }
        Scope inside = scope.with("it", value, written.span());
        Term body = checker.exprs.infer(written, inside);
        return new Term.Lambda(written.span(), new Type.Function(List.of(value), body.type()), List.of("it"), body);
    }

    /** What reads and changes a node, as it is found. */
    private final class Bodies {

        private final Inside inside;
        private final List<ReviewTerm> review = new ArrayList<>();
        private final List<Definition.OperationDef> operations = new ArrayList<>();
        private Optional<Term> listing = Optional.empty();

        Bodies(Inside inside) {
            this.inside = inside;
        }

        void add(ResourceItem item) {
            switch (item) {
                case ResourceItem.SchemaAttribute ignored -> {}
                case ResourceItem.LetMember ignored -> {}
                case ResourceItem.Observe ignored -> {}
                case ResourceItem.NeedsMember ignored -> {}
                case ResourceItem.Listing(Span span, Expr body) -> listing = Optional.of(
                        checker.exprs.check(body, new Type.ListOf(inside.schema().keyType()), inside.listing()));
                case ResourceItem.Review(Span span, var items) -> review.addAll(checker.reviews.review(items, inside));
                case ResourceItem.Operate operate -> operate(operate);
            }
        }

        private void operate(ResourceItem.Operate operate) {
            if (operate.operation() == Operation.PERFORM) {
                checker.problems.add(Diagnostic.error(
                                Code.EFFECT_MISPLACED, head(operate.span(), "perform"), "`perform` is what an action does, and this is a resource")
                        .note("a resource has `create`, `update`, `rename`, `delete` and `replace`"));
            }
            operations.add(operation(operate, inside.during(operate.operation())));
        }
    }

    Definition.OperationDef operation(ResourceItem.Operate operate, Scope scope) {
        return new Definition.OperationDef(
                operate.operation(),
                operate.span(),
                operate.destructive(),
                operate.guarded(),
                checker.steps.steps(operate.steps(), scope),
                checker.steps.steps(operate.undo(), scope));
    }

    Definition.ActionDef action(Symbol symbol) {
        Decl.ActionDecl decl = (Decl.ActionDecl) symbol.decl();
        Scope params = checker.globals.withParams(symbol).effect(Effect.FACTS).at(Scope.NodeView.ANY);
        Scope scope = params;
        List<Term.Let> lets = new ArrayList<>();
        List<Term> needs = new ArrayList<>();
        List<ReviewTerm> review = new ArrayList<>();
        Optional<Definition.OperationDef> perform = Optional.empty();
        once(decl.items(), "`" + symbol.simple() + "`");
        for (ResourceItem item : decl.items()) {
            switch (item) {
                case ResourceItem.LetMember(Span span, Decl.Let let) -> scope = checker.exprs.let(let, scope, lets);
                case ResourceItem.NeedsMember(Span span, Expr references) ->
                    needs.add(checker.taskBodies.references(references, params));
                case ResourceItem.Review(Span span, var items) -> {
                    lets.forEach(let -> review.add(new ReviewTerm.Let(let)));
                    review.addAll(checker.reviews.ofAction(items, scope));
                }
                case ResourceItem.Operate operate when operate.operation() == Operation.PERFORM ->
                    perform = Optional.of(with(lets, operation(operate, scope)));
                case ResourceItem.Operate operate -> misplaced(operate.span());
                case ResourceItem.SchemaAttribute attribute -> misplaced(attribute.name().span());
                case ResourceItem.Observe observe -> misplaced(observe.span());
                case ResourceItem.Listing listing -> misplaced(listing.span());
            }
        }
        if (perform.isEmpty()) {
            checker.problems.add(Diagnostic.error(
                            Code.MISSING_ATTRIBUTE, symbol.span(), "the action `" + symbol.simple() + "` does nothing")
                    .note("what it does stands in perform { … }"));
        }
        Definition.OperationDef done = perform.orElseGet(() -> new Definition.OperationDef(
                Operation.PERFORM, decl.span(), false, false, List.of(), List.of()));
        return new Definition.ActionDef(
                symbol.name(), symbol.span(), decl.doc(), checker.globals.params(symbol), needs, review, done);
    }

    /** The lets of an action stand in front of its steps. */
    private static Definition.OperationDef with(List<Term.Let> lets, Definition.OperationDef perform) {
        List<StepTerm> steps = new ArrayList<>();
        lets.forEach(let -> steps.add(new StepTerm.Let(let.span(), let)));
        steps.addAll(perform.steps());
        return new Definition.OperationDef(
                perform.operation(), perform.span(), perform.destructive(), perform.guarded(), steps, perform.undo());
    }

    private void misplaced(Span span) {
        Span word = span.source().span(span.start(), Math.min(span.end(), span.start() + 7));
        checker.problems.add(Diagnostic.error(
                        Code.EFFECT_MISPLACED, word, "an action keeps nothing, so that this has no meaning in it")
                .note("an action has `needs`, `review` and `perform`; what is kept in a state is a resource"));
    }
}
