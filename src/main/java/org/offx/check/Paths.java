package org.offx.check;

import java.util.Optional;
import org.offx.type.Type;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Values that can be spoken of by a path of names: what conditions prove something of. */
final class Paths {

    private Paths() {}

    /** The path of a value; an attribute's bare name is the same path as the field of {@code desired}. */
    static Optional<String> of(Term term, Scope scope) {
        return switch (term) {
            case Term.Local local -> Optional.of(
                    scope.local(local.name()).filter(Scope.Local::attribute).isPresent()
                            ? "desired." + local.name()
                            : local.name());
            case Term.Global global -> Optional.of("global " + global.name());
            case Term.ThisNode ignored -> Optional.of("node");
            case Term.Fact fact when fact.arguments().isEmpty() -> Optional.of("fact " + fact.name());
            case Term.Const(var span, Type.Node type, Value.NodeName(String name)) -> Optional.of("node " + name);
            case Term.Field field -> of(field.target(), scope).map(t -> t + "." + field.name());
            case Term.BuiltinCall call when call.builtin() == Builtin.INDEX -> index(call, scope);
            case Term.BuiltinCall call when call.arguments().size() == 1 ->
                of(call.arguments().getFirst(), scope).map(t -> t + "." + call.builtin() + "()");
            case Term.Block block -> safeCall(block).flatMap(call -> of(block.lets().getFirst().value(), scope)
                    .map(t -> t + "." + call.builtin() + "()"));
            default -> Optional.empty();
        };
    }

    /** The call without arguments in {@code x?.f()}. */
    private static Optional<Term.BuiltinCall> safeCall(Term.Block block) {
        return block.lets().size() == 1
                        && block.lets().getFirst().name().startsWith(MethodCheck.PRESENT)
                        && block.result() instanceof Term.If choice
                        && choice.then() instanceof Term.BuiltinCall call
                        && call.arguments().size() == 1
                ? Optional.of(call)
                : Optional.empty();
    }

    /** What stands in front of {@code ?.}: it is there if the whole is. */
    static Optional<Term> safelyOf(Term term) {
        return switch (term) {
            case Term.Field field when field.safe() -> Optional.of(field.target());
            case Term.Block block when safeCall(block).isPresent() -> Optional.of(block.lets().getFirst().value());
            default -> Optional.empty();
        };
    }

    private static Optional<String> index(Term.BuiltinCall call, Scope scope) {
        Term key = call.arguments().get(1);
        Optional<String> inner =
                key instanceof Term.Const(var span, Type type, Value value) ? Optional.of(Shown.literal(value)) : of(key, scope);
        return of(call.arguments().getFirst(), scope).flatMap(t -> inner.map(k -> t + "[" + k + "]"));
    }

    /** The path as it was written, for messages; empty where the value is no path. */
    static Optional<String> shown(Term term) {
        return switch (term) {
            case Term.Local local -> Optional.of(local.name());
            case Term.Global global -> Optional.of(TypeNames.simple(global.name()));
            case Term.ThisNode ignored -> Optional.of("node");
            case Term.Fact fact when fact.arguments().isEmpty() -> Optional.of(fact.name());
            case Term.Const(var span, Type.Node type, Value.NodeName(String name)) -> Optional.of(name);
            case Term.Field field -> shown(field.target()).map(t -> t + "." + field.name());
            case Term.BuiltinCall call when call.builtin() == Builtin.INDEX ->
                shown(call.arguments().getFirst()).map(target -> call.span().text());
            case Term.Block block -> safeCall(block).map(call -> block.span().text());
            default -> Optional.empty();
        };
    }
}
