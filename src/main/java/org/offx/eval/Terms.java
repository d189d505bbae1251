package org.offx.eval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.offx.check.Definition.FactDef;
import org.offx.check.Definition.NodeDef;
import org.offx.check.Definition.ParamDef;
import org.offx.check.Program;
import org.offx.check.Term;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.type.Type;
import org.offx.value.Value;

/** The value of a term. Throws {@link EvalFailure} where it has none, {@link NoAnswer} where a node did not give one. */
final class Terms {

    private Terms() {}

    static Value value(Term term, Scope scope) {
        return switch (term) {
            case Term.Const constant -> constant.value();
            case Term.Member member -> member(member, scope);
            case Term.Local local -> scope.locals().get(local.name());
            case Term.Global global -> scope.world().global(global, scope);
            case Term.Fact fact -> fact(fact, scope);
            case Term.ThisNode here -> new Value.NodeName(
                    scope.node().orElseThrow(() -> EvalFailure.nowhere(here.span())));
            case Term.Call call -> call(call, scope);
            case Term.BuiltinCall call -> Builtins.value(call, values(call.arguments(), scope), scope);
            case Term.Apply apply -> apply(apply, scope);
            case Term.Field field -> field(field, scope);
            case Term.If choice -> Choices.value(choice, scope);
            case Term.Logic logic -> Choices.value(logic, scope);
            case Term.Match match -> Choices.value(match, scope);
            case Term.Lambda lambda -> lambda(lambda, scope);
            case Term.Quantifier quantifier -> Aggregates.value(quantifier, scope);
            case Term.Items items -> Aggregates.value(items, scope);
            case Term.Comprehension comprehension -> Aggregates.value(comprehension, scope);
            case Term.TableComprehension comprehension -> Aggregates.value(comprehension, scope);
            case Term.Table table -> Aggregates.value(table, scope);
            case Term.Record struct -> Aggregates.value(struct, scope);
            case Term.Template template -> Wording.value(template, scope);
            case Term.Command command -> Wording.value(command, scope);
            case Term.Pipe pipe -> Wording.value(pipe, scope);
            case Term.Block block -> value(block.result(), lets(block.lets(), scope));
            case Term.Probe probe -> Probing.value(probe, scope);
            case Term.Reference reference -> new Value.Reference(reference.resource(), values(reference.key(), scope));
            case Term.Convert convert -> Conversions.convert(
                    convert.type(), value(convert.value(), scope), convert.span(), scope);
        };
    }

    /** The values of terms that do not need each other; those that read a node do so side by side. */
    static List<Value> values(List<Term> terms, Scope scope) {
        if (terms.size() < 2 || !Subterms.read(terms, scope)) {
            List<Value> values = new ArrayList<>(terms.size());
            terms.forEach(term -> values.add(value(term, scope)));
            return values;
        }
        return Probing.sideBySide(
                terms.stream()
                        .map(term -> new Probing.Part<>(Subterms.read(term, scope), () -> value(term, scope)))
                        .toList(),
                scope);
    }

    /** The scope behind local definitions. */
    static Scope lets(List<Term.Let> lets, Scope scope) {
        Scope inner = scope;
        for (Term.Let let : lets) {
            inner = let(let, inner);
        }
        return inner;
    }

    /** The scope behind a definition. What may read a node waits until it is needed. */
    static Scope let(Term.Let let, Scope scope) {
        return Subterms.read(let.value(), scope) ? scope.with(let) : scope.with(let.name(), value(let.value(), scope));
    }

    /** A condition; empty where nobody can decide it yet. */
    static Optional<Boolean> condition(Term term, Scope scope) {
        return truth(value(term, scope));
    }

    static Optional<Boolean> truth(Value value) {
        return switch (value) {
            case Value.Bool(boolean holds) -> Optional.of(holds);
            case Value.Secret(Value hidden) -> truth(hidden);
            case Value.Unknown unknown -> Optional.empty();
            default -> throw new IllegalStateException("a condition that is no bool: the checker let it through");
        };
    }

    /** A span of time; empty where nobody can know it yet. */
    static Optional<Duration> duration(Term term, Scope scope) {
        return value(term, scope) instanceof Value.Time(Duration time) ? Optional.of(time) : Optional.empty();
    }

    static SequencedMap<String, Value> bind(List<ParamDef> params, List<Value> arguments) {
        SequencedMap<String, Value> bound = new LinkedHashMap<>();
        for (int i = 0; i < params.size(); i++) {
            bound.put(params.get(i).name(), arguments.get(i));
        }
        return bound;
    }

    private static Value member(Term.Member member, Scope scope) {
        String type = Aggregates.bare(member.type()) instanceof Type.Enum(String name) ? name : "";
        return new Value.Member(type, member.name(), member.spelling(), Optional.of(value(member.payload(), scope)));
    }

    private static Value call(Term.Call call, Scope scope) {
        var function = scope.world().program().functions().get(call.function());
        List<Value> arguments = values(call.arguments(), scope);
        Supplier<Value> body = () -> value(
                function.body(), scope.body(call.span(), "`" + bare(function.name()) + "`").with(bind(function.params(), arguments)));
        return scope.guess().map(guess -> guess.call(call.function(), arguments, scope.node(), body)).orElseGet(body);
    }

    private static Value apply(Term.Apply apply, Scope scope) {
        List<Value> arguments = values(apply.arguments(), scope);
        return switch (value(apply.function(), scope)) {
            case Value.Function function -> function.call(arguments);
            case Value.Unknown unknown -> unknown;
            default -> throw new IllegalStateException("a call of what is no function: the checker let it through");
        };
    }

    private static Value lambda(Term.Lambda lambda, Scope scope) {
        return (Value.Function) arguments -> {
            Scope body = scope.deeper(lambda.span(), "this function");
            for (int i = 0; i < lambda.params().size(); i++) {
                body = body.with(lambda.params().get(i), arguments.get(i));
            }
            return value(lambda.body(), body);
        };
    }

    private static Value fact(Term.Fact fact, Scope scope) {
        FactDef definition = scope.world().program().facts().get(fact.name());
        String node = scope.node().orElseThrow(
                () -> EvalFailure.at(fact.span(), "`" + bare(fact.name()) + "` is a fact of a node, and there is no node here"));
        List<Value> arguments = values(fact.arguments(), scope);
        Optional<Value.Unknown> unknown = Unknowns.in(arguments);
        return unknown.isPresent()
                ? unknown.get()
                : scope.world().facts().value(new Facts.Request(node, definition, arguments));
    }

    private static Value field(Term.Field field, Scope scope) {
        return field(value(field.target(), scope), field, scope);
    }

    private static Value field(Value target, Term.Field field, Scope scope) {
        return switch (target) {
            case Value.Struct(String type, var fields) -> fields.getOrDefault(field.name(), Value.Nothing.NULL);
            case Value.Table(var entries) -> entries.getOrDefault(new Value.Text(field.name()), Value.Nothing.NULL);
            case Value.NodeName(String node) -> attribute(node, field, scope);
            case Value.Both(Value live, Value kept) -> field.name().equals("kept") ? kept : live;
            case Value.Reference reference -> keyPart(reference, field, scope);
            case Value.Secret(Value hidden) -> new Value.Secret(field(hidden, field, scope));
            case Value.Unknown unknown -> unknown;
            case Value.Nothing ignored when field.safe() -> Value.Nothing.NULL;
            case Value.Nothing ignored -> throw EvalFailure.at(
                    field.span(), "`" + field.target().span().text() + "` is null here, and null has no `" + field.name() + "`");
            default -> throw new IllegalStateException(
                    "no field " + field.name() + " in " + target.getClass().getSimpleName() + ": the checker let it through");
        };
    }

    private static Value keyPart(Value.Reference reference, Term.Field field, Scope scope) {
        var resource = scope.world().program().resources().get(reference.resource());
        return bind(resource.key(), reference.key()).getOrDefault(field.name(), Value.Nothing.NULL);
    }

    private static Value attribute(String node, Term.Field field, Scope scope) {
        NodeDef definition = scope.world().node(node).orElseThrow(
                () -> EvalFailure.at(field.span(), "there is no node `" + node + "`"));
        Term term = definition.attributes().get(field.name());
        if (term == null) {
            if (field.name().equals("name")) {
                return new Value.Text(node);
            }
            throw missing(definition, field);
        }
        Value value = scope.world().attribute(definition, field.name(), term, field, scope);
        if (value == Value.Nothing.NULL && !mayBeNull(definition, field.name(), scope.world().program())) {
            throw missing(definition, field);
        }
        return value;
    }

    private static boolean mayBeNull(NodeDef node, String attribute, Program program) {
        return node.kind().map(program.kinds()::get).stream()
                .flatMap(kind -> kind.fields().stream())
                .filter(field -> field.name().equals(attribute))
                .allMatch(field -> field.type() instanceof Type.Optional);
    }

    private static EvalFailure missing(NodeDef node, Term.Field field) {
        return new EvalFailure(Diagnostic.error(
                        Code.MISSING_NODE_ATTRIBUTE, field.span(), "node `" + node.name() + "` has no `" + field.name() + "`")
                .and(node.span(), "give it `" + field.name() + "` here"));
    }

    /** A qualified name as its own file writes it. */
    static String bare(String qualified) {
        return qualified.substring(qualified.indexOf('#') + 1);
    }
}
