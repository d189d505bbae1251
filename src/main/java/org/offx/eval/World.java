package org.offx.eval;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.offx.check.Definition.NodeDef;
import org.offx.check.Program;
import org.offx.check.Term;
import org.offx.text.Sources;
import org.offx.value.Value;

/**
 * What is the same for everything that is evaluated in one go: the program, its files, the facts; and what of it was
 * evaluated already. The memory is no state that anybody could notice: what it remembers could be evaluated again.
 */
final class World {

    private record Key(String name, String node) {}

    /** A term at its place: one that is written again elsewhere is another. */
    private record Place(Term term) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Place place && place.term == term;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(term);
        }
    }

    private final Program program;
    private final Sources sources;
    private final Facts facts;
    private final Map<Key, Value> lets = new ConcurrentHashMap<>();
    private final Map<Key, Value> attributes = new ConcurrentHashMap<>();
    private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();
    private final Map<Place, Subterms.Readings> readings = new ConcurrentHashMap<>();

    World(Program program, Sources sources, Facts facts) {
        this.program = program;
        this.sources = sources;
        this.facts = facts;
    }

    Program program() {
        return program;
    }

    Sources sources() {
        return sources;
    }

    Facts facts() {
        return facts;
    }

    /** A {@code let} or a group. What it is may depend on the node that asks. */
    Value global(Term.Global global, Scope scope) {
        String name = global.name();
        return once(lets, new Key(name, scope.node().orElse("")), () -> {
            Scope body = unprobed(scope).body(global.span(), "`" + name.substring(name.indexOf('#') + 1) + "`");
            var group = program.groups().get(name);
            if (group != null) {
                return new Value.Items(NodeSets.nodes(Terms.value(group.members(), body)).stream()
                        .map(node -> (Value) new Value.NodeName(node))
                        .toList());
            }
            var let = program.lets().get(name);
            if (let == null) {
                throw new IllegalStateException("no let or group " + name + ": the checker let it through");
            }
            return Terms.value(let.value(), body);
        });
    }

    Value attribute(NodeDef node, String attribute, Term value, Term.Field read, Scope scope) {
        return once(attributes, new Key(attribute, node.name()), () -> Terms.value(
                value, unprobed(scope).on(node.name()).body(read.span(), "`" + node.name() + "." + attribute + "`")));
    }

    Pattern pattern(String regex) {
        return patterns.computeIfAbsent(regex, Pattern::compile);
    }

    /** What in a term may read a node: asked of the same terms again and again. */
    Subterms.Readings readings(Term term) {
        Place place = new Place(term);
        Subterms.Readings known = readings.get(place);
        if (known == null) {
            known = Subterms.readings(term, this);
            readings.put(place, known);
        }
        return known;
    }

    Optional<NodeDef> node(String name) {
        return Optional.ofNullable(program.nodes().get(name));
    }

    private static Scope unprobed(Scope scope) {
        return new Scope(scope.world(), scope.node(), Optional.empty(), scope.depth(), scope.locals(), Optional.empty());
    }

    /** Not computeIfAbsent: a value that is being made may ask for others. */
    private static Value once(Map<Key, Value> known, Key key, Supplier<Value> make) {
        Value value = known.get(key);
        if (value == null) {
            value = make.get();
            known.put(key, value);
        }
        return value;
    }
}
