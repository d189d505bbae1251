package org.offx.check;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.text.Span;
import org.offx.tree.ResourceItem.Operation;
import org.offx.type.Type;

/** A checked declaration. Names are qualified. */
public sealed interface Definition {

    String name();

    Span span();

    record LetDef(String name, Span span, Type type, Term value) implements Definition {}

    record FnDef(String name, Span span, String doc, boolean probe, List<ParamDef> params, Type result, Term body)
            implements Definition {}

    record ParamDef(String name, Type type, Optional<Term> defaultValue) {}

    record FactDef(String name, Span span, String doc, List<ParamDef> params, Type type, Term body)
            implements Definition {}

    record StructDef(String name, Span span, String doc, List<FieldDef> fields) implements Definition {}

    record FieldDef(String name, String doc, Type type, Optional<Term> defaultValue) {}

    record EnumDef(String name, Span span, String doc, List<MemberDef> members) implements Definition {}

    record MemberDef(String name, String doc, String spelling, Optional<Type> payload) {}

    /** A type alias with a condition on the local {@code it}. */
    record RefinementDef(String name, Span span, String doc, Type base, Term condition) implements Definition {}

    record KindDef(String name, Span span, String doc, List<FieldDef> fields) implements Definition {}

    /** A node; every attribute of its kind has a term (its own, the kind's default, or null), and those of every node: see {@link Program}. */
    record NodeDef(String name, Span span, String doc, Optional<String> kind, SequencedMap<String, Term> attributes)
            implements Definition {}

    record GroupDef(String name, Span span, String doc, Term members) implements Definition {}

    /** A play. */
    record PlayDef(
            String name, Span span, String doc, boolean oneOf, Term nodes, List<Setting> settings, List<Require> requires,
            List<Check> checks, Optional<Together> together, List<TaskTerm> tasks)
            implements Definition {}

    record Setting(String name, Span span, Term value) {}

    record Require(Span span, Term reason, Term condition, Optional<Term> patience) {}

    record Check(Span span, Term condition) {}

    /** The guard of a whole play: every node undoes all of it unless the probing condition holds on all in time. */
    record Together(Span span, Term within, Term confirm) {}

    record RoleDef(String name, Span span, String doc, List<ParamDef> params, List<TaskTerm> tasks)
            implements Definition {}

    /**
     * A resource. Its terms see the key's parameters, every attribute by its bare name (as desired; null where left out),
     * and {@code desired}, the record of them. Operations and reviews see {@code observed} (each attribute as it was
     * observed; null where it was not, all null where nothing was there) and {@code changes} (of each attribute whether it
     * is to become another, where nothing is there whether it is given; {@code changes} by itself as a trigger asks whether
     * any is); a rename sees {@code old}, the old key (a record of its parameters where it has several).
     *
     * @param cluster it belongs to the cluster, not to a node: observed and planned once
     * @param needsUseLets the needs use values that the resource names for all of its blocks
     * @param overwrites a step of it gives a file a text that does not come from the old one
     */
    record ResourceDef(
            String name,
            Span span,
            String doc,
            boolean cluster,
            List<ParamDef> key,
            List<AttributeDef> attributes,
            List<Term> needs,
            boolean needsUseLets,
            boolean overwrites,
            Lazy<Blocks> blocks)
            implements Definition {

        public List<Term.Let> lets() {
            return blocks.get().lets();
        }

        public Optional<Term> observe() {
            return blocks.get().observe();
        }

        public Optional<Term> listing() {
            return blocks.get().listing();
        }

        public List<ReviewTerm> review() {
            return blocks.get().review();
        }

        public List<OperationDef> operations() {
            return blocks.get().operations();
        }

        public Optional<OperationDef> operation(Operation operation) {
            return operations().stream().filter(o -> o.operation() == operation).findFirst();
        }

        public Optional<AttributeDef> attribute(String attribute) {
            return attributes.stream().filter(a -> a.name().equals(attribute)).findFirst();
        }
    }

    /**
     * What a resource does: nothing that a catalog needs, but every plan.
     *
     * @param lets values that several blocks use; each sees what the block that uses it sees, and the lets above it
     */
    record Blocks(
            List<Term.Let> lets,
            Optional<Term> observe,
            Optional<Term> listing,
            List<ReviewTerm> review,
            List<OperationDef> operations) {}

    /**
     * @param required every task that is not {@code absent} must give it (OFX0303)
     * @param same the function after which both sides are compared: a lambda of one parameter, the bare value (of a
     *     {@code Prop<T>} the {@code T}, of a live and kept one each of the two); not asked of null and {@code inherit}
     */
    record AttributeDef(
            String name,
            Span span,
            String doc,
            Type type,
            Optional<Term> defaultValue,
            Role role,
            boolean required,
            boolean liveAndKept,
            Optional<Term> same,
            Optional<String> block) {}

    /** What an attribute is for. */
    sealed interface Role {

        /** Compared and set. */
        record Managed() implements Role {}

        record ReadOnly() implements Role {}

        /** Steers steps, never compared. */
        record Option() implements Role {}

        record AtCreate() implements Role {}

        /** A mismatch is blocked with this text. */
        record Fixed(Term instead) implements Role {}
    }

    record OperationDef(
            Operation operation, Span span, boolean destructive, boolean guarded, List<StepTerm> steps, List<StepTerm> undo) {}

    record ActionDef(
            String name, Span span, String doc, List<ParamDef> params, List<Term> needs, List<ReviewTerm> review, OperationDef perform)
            implements Definition {}

    /** {@code must} or {@code should}; over nodes where the resource is empty. */
    record RuleDef(
            String name, Span span, boolean must, Optional<String> resource, String variable, Optional<Term> when, Term condition)
            implements Definition {}

    record TestDef(String name, Span span, List<TestTerm> items) implements Definition {}

    sealed interface TestTerm {}

    record TestLet(Term.Let let) implements TestTerm {}

    record Given(Span span, Term file) implements TestTerm {}

    record Expect(Span span, Term condition) implements TestTerm {}

    record ExpectNoChanges(Span span, Term play, Term nodes) implements TestTerm {}
}
