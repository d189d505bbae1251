package org.offx.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.check.Scope.Effect;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Name;
import org.offx.tree.ResourceItem;
import org.offx.tree.ResourceItem.Operation;
import org.offx.type.Type;

/** What the blocks of one resource see: the key, the attributes, {@code desired}, {@code observed}, {@code changes}, shared lets. */
final class Inside {

    /** The name, which no user can write, of what {@code observed} is where something is there. */
    static final String THERE = "observed, if there";

    private final Checker checker;
    private final Schema schema;
    private final List<Decl.Let> lets = new ArrayList<>();
    private final SequencedMap<String, List<Shared>> shared = new LinkedHashMap<>();
    private final Scope wanted;
    private final Scope always;
    private Type observed;

    Inside(Checker checker, Schema schema, List<ResourceItem> items) {
        this.checker = checker;
        this.schema = schema;
        for (ResourceItem item : items) {
            if (item instanceof ResourceItem.LetMember(Span span, Decl.Let let)) {
                lets.add(let);
            }
        }
        this.wanted = attributes(false);
        this.always = attributes(true);
        this.observed = observedBy(Map.of());
    }

    Schema schema() {
        return schema;
    }

    /** The key, the attributes, {@code desired} and the node. */
    private Scope attributes(boolean given) {
        Scope scope = checker.globals.withParams(schema.symbol());
        for (Schema.Attribute attribute : schema.attributes().values()) {
            if (attribute.kind() != Schema.Kind.READONLY && scope.local(attribute.slot().text()).isEmpty()) {
                Name name = attribute.slot().name();
                Type type = attribute.desired(given);
                checker.lookup.bind(scope, name, type);
                scope = scope.with(new Scope.Local(name.text(), type, name.span(), true, Optional.empty()));
            }
        }
        return scope.with("desired", schema.desired(given), span()).effect(Effect.FACTS).at(Scope.NodeView.ANY);
    }

    private Span span() {
        return schema.symbol().span();
    }

    /** What {@code observe} was found to give: what is proven to be there is, everything else may be missing. */
    void observes(Map<String, Type> proven) {
        observed = observedBy(proven);
    }

    private Type observedBy(Map<String, Type> proven) {
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        schema.attributes().forEach((name, attribute) -> {
            Type seen = proven.get(name);
            boolean there = seen != null && !Types.isNullable(seen);
            fields.put(name, there ? attribute.observed() : Types.optional(attribute.observed()));
        });
        return new Type.Record(fields);
    }

    /** {@code changes}: of each attribute whether it is to become another, or is given to something new. */
    private Type changes() {
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        schema.attributes().forEach((name, attribute) -> {
            if (attribute.kind() != Schema.Kind.READONLY) {
                fields.put(name, Type.Basic.BOOL);
            }
        });
        return new Type.Record(fields);
    }

    /** Where nothing is known to be there, nothing of it may be. */
    private Type maybeObserved() {
        SequencedMap<String, Type> maybe = new LinkedHashMap<>();
        ((Type.Record) observed).fields().forEach((name, type) -> maybe.put(name, Types.optional(type)));
        return new Type.Record(maybe);
    }

    /** Can something of the resource whose body this is come into being? */
    static boolean creates(Scope scope) {
        return scope.owner().isPresent()
                && scope.owner().get().decl() instanceof Decl.ResourceDecl decl
                && decl.items().stream()
                        .anyMatch(i -> i instanceof ResourceItem.Operate operate && operate.operation() == Operation.CREATE);
    }

    /** {@code observe}: what a task wants may be incomplete, being of something that is to be absent. */
    Scope observing() {
        return sharing(wanted.effect(Effect.PROBES));
    }

    Scope defaults() {
        return wanted;
    }

    Scope needing() {
        return sharing(wanted);
    }

    /** {@code list}: no task, only the node. */
    Scope listing() {
        return Scope.of(schema.symbol().unit(), Optional.of(schema.symbol()))
                .effect(Effect.PROBES)
                .at(Scope.NodeView.ANY);
    }

    /** {@code review}: before a trigger has said that something is there, nothing of it may be. */
    Scope reviewing() {
        Scope scope = operating(wanted, maybeObserved()).effect(Effect.PROBES).with(THERE, observed, span());
        for (String operation : ReviewCheck.OPERATIONS) {
            scope = scope.with(operation, Type.Basic.BOOL, span());
        }
        return sharing(scope);
    }

    Scope during(Operation operation) {
        return sharing(switch (operation) {
            case CREATE, PERFORM -> operating(always, maybeObserved());
            case UPDATE, REPLACE -> operating(always, observed);
            case RENAME -> operating(always, maybeObserved()).with("old", schema.keyType(), span());
            case DELETE -> operating(wanted, observed);
        });
    }

    private Scope operating(Scope scope, Type seen) {
        return scope.with("observed", seen, span()).with("changes", changes(), span());
    }

    /** With the shared lets, as this block sees them. */
    private Scope sharing(Scope block) {
        Scope scope = block;
        for (Decl.Let let : lets) {
            Shared value = new Shared(checker, let, scope);
            Name name = let.name();
            checker.lookup.bind(scope, name, Type.Basic.ERROR);
            scope = scope.with(new Scope.Local(
                    name.text(), Type.Basic.ERROR, name.span(), false, Optional.empty(), Optional.of(value)));
            shared.computeIfAbsent(name.text(), n -> new ArrayList<>()).add(value);
        }
        return scope;
    }

    /**
     * The shared lets, each as the first block that uses it sees it: blocks that see less are looked at first. One that
     * nothing uses is looked at from where most can be seen.
     */
    List<Term.Let> lets() {
        Scope most = lets.isEmpty() ? always : during(Operation.UPDATE);
        List<Term.Let> terms = new ArrayList<>();
        for (Decl.Let let : lets) {
            Term term = shared.getOrDefault(let.name().text(), List.of()).stream()
                    .flatMap(s -> s.used().stream())
                    .findFirst()
                    .orElseGet(() -> most.local(let.name().text()).flatMap(Scope.Local::shared).orElseThrow().value());
            terms.add(new Term.Let(let.span(), let.name().text(), term));
        }
        return terms;
    }
}
