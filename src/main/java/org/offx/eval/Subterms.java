package org.offx.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.offx.check.Builtin;
import org.offx.check.Term;

/** What a term is made of. */
final class Subterms {

    private Subterms() {}

    /**
     * What in a term may read a node.
     *
     * @param always some part of it does, whatever is around it
     * @param locals the locals in it, which may have to be read
     */
    record Readings(boolean always, Set<String> locals) {}

    /** May the evaluation of the term read a node? It does not depend on what was read already, so it is no matter of timing. */
    static boolean read(Term term, Scope scope) {
        if (scope.probes().isEmpty()) {
            return false;
        }
        Readings readings = scope.world().readings(term);
        boolean reads = readings.always();
        for (String local : readings.locals()) {
            reads |= scope.locals().reads(local);
        }
        return reads;
    }

    /** May the evaluation of some of the terms read a node? */
    static boolean read(Collection<Term> terms, Scope scope) {
        boolean reads = false;
        for (Term term : terms) {
            reads |= read(term, scope);
        }
        return reads;
    }

    static Readings readings(Term term, World world) {
        boolean always = switch (term) {
            case Term.Probe probe -> true;
            case Term.BuiltinCall call -> call.builtin() == Builtin.FILE_AT;
            case Term.Call call -> world.facts().live() || world.program().functions().get(call.function()).probe();
            case Term.Global global -> world.facts().live();
            case Term.Fact fact -> world.facts().live();
            default -> false;
        };
        Set<String> locals = new HashSet<>(term instanceof Term.Local local ? Set.of(local.name()) : Set.of());
        for (Term part : of(term)) {
            Readings inside = world.readings(part);
            always |= inside.always();
            locals.addAll(inside.locals());
        }
        return new Readings(always, Set.copyOf(locals));
    }

    /** Does the value depend on a local? */
    static boolean mentions(Term term, String local) {
        return term instanceof Term.Local it ? it.name().equals(local) : of(term).stream().anyMatch(part -> mentions(part, local));
    }

    /** The terms directly inside a term, in the order of evaluation. */
    static List<Term> of(Term term) {
        return switch (term) {
            case Term.Const t -> List.of();
            case Term.Member t -> List.of(t.payload());
            case Term.Local t -> List.of();
            case Term.Global t -> List.of();
            case Term.ThisNode t -> List.of();
            case Term.Fact t -> t.arguments();
            case Term.Call t -> t.arguments();
            case Term.BuiltinCall t -> t.arguments();
            case Term.Apply t -> plus(List.of(t.function()), t.arguments());
            case Term.Field t -> List.of(t.target());
            case Term.If t -> List.of(t.condition(), t.then(), t.otherwise());
            case Term.Logic t -> List.of(t.left(), t.right());
            case Term.Match t -> plus(List.of(t.target()), t.arms().stream().map(Term.Arm::result).toList());
            case Term.Lambda t -> List.of(t.body());
            case Term.Quantifier t -> List.of(t.in(), t.condition());
            case Term.Items t -> t.elements().stream()
                    .flatMap(e -> Stream.concat(e.condition().stream(), Stream.of(e.value())))
                    .toList();
            case Term.Comprehension t -> plus(List.of(t.in(), t.element()), t.condition().stream().toList());
            case Term.TableComprehension t -> plus(List.of(t.in(), t.key(), t.value()), t.condition().stream().toList());
            case Term.Table t -> t.entries().stream()
                    .flatMap(e -> Stream.concat(e.key().stream(), Stream.of(e.value())))
                    .toList();
            case Term.Record t -> plus(t.spreads(), t.fields().stream().map(Term.FieldValue::value).toList());
            case Term.Template t -> holes(t.parts());
            case Term.Command t -> t.words().stream().flatMap(w -> holes(w.parts()).stream()).toList();
            case Term.Pipe t -> t.commands();
            case Term.Block t -> plus(t.lets().stream().map(Term.Let::value).toList(), List.of(t.result()));
            case Term.Probe t -> Stream.of(List.of(t.command()), t.on().stream().toList(), t.timeout().stream().toList(), t.when().stream().toList())
                    .flatMap(List::stream)
                    .toList();
            case Term.Reference t -> t.key();
            case Term.Convert t -> List.of(t.value());
        };
    }

    /** What is filled into a text, or into a word of a command. */
    static List<Term> holes(List<Term.Part> parts) {
        return parts.stream()
                .filter(Term.Hole.class::isInstance)
                .map(part -> ((Term.Hole) part).value())
                .toList();
    }

    private static List<Term> plus(List<Term> first, List<Term> more) {
        List<Term> all = new ArrayList<>(first);
        all.addAll(more);
        return all;
    }
}
