package org.offx.eval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.offx.check.Definition.ActionDef;
import org.offx.check.Definition.AttributeDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Definition.Role;
import org.offx.check.Definition.RoleDef;
import org.offx.check.TaskTerm;
import org.offx.check.Term;
import org.offx.text.Span;
import org.offx.value.Shown;
import org.offx.value.Value;

/** What the tasks of a play mean for one node: roles called, loops gone through, conditions decided, values evaluated. */
final class Expansion {

    /** What stands around tasks. */
    private record Around(boolean conditional, Optional<Task.Guard> guard) {}

    /** An item with what the whole-catalog checks need besides. */
    sealed interface Draft {}

    /** @param written what the playbook itself says the task needs, and where */
    record TaskDraft(Task task, List<Needed> written) implements Draft {}

    record Needed(Value.Reference reference, Term at) {}

    record ActionDraft(ActionCall call) implements Draft {}

    private final Findings findings;
    private final List<Draft> drafts = new ArrayList<>();

    private Expansion(Findings findings) {
        this.findings = findings;
    }

    static List<Draft> of(List<TaskTerm> tasks, Scope scope, Findings findings) {
        Expansion expansion = new Expansion(findings);
        expansion.expand(tasks, scope, new Around(false, Optional.empty()));
        return expansion.drafts;
    }

    private void expand(List<TaskTerm> tasks, Scope outer, Around around) {
        Scope scope = outer;
        for (TaskTerm term : tasks) {
            Scope here = scope;
            switch (term) {
                case TaskTerm.Let let -> {
                    Optional<Scope> inner = attempt(let.let().value().span(), here, () -> Terms.let(let.let(), here));
                    if (inner.isEmpty()) {
                        return;
                    }
                    scope = inner.get();
                }
                case TaskTerm.For loop -> attempt(loop.in().span(), here, () -> Terms.value(loop.in(), here))
                        .ifPresent(in -> loop(loop, in, here, around));
                case TaskTerm.If choice -> attempt(choice.condition().span(), here, () -> Terms.value(choice.condition(), here))
                        .ifPresent(condition -> choose(choice, condition, here, around));
                case TaskTerm.Guarded guarded -> attempt(guarded.within().span(), here, () -> guard(guarded, here))
                        .ifPresent(guard -> expand(guarded.tasks(), here, new Around(around.conditional(), Optional.of(guard))));
                case TaskTerm.RoleCall call -> attempt(call.span(), here, () -> role(call, here))
                        .ifPresent(body -> expand(role(call.role(), here).tasks(), body, around));
                case TaskTerm.ActionCall call -> attempt(call.span(), here, () -> action(call, here))
                        .ifPresent(drafts::add);
                case TaskTerm.Task task -> findings.attempt(task.span(), head(task), here.node(), () -> task(task, here, around))
                        .ifPresent(drafts::add);
            }
        }
    }

    private <T> Optional<T> attempt(Span at, Scope scope, Supplier<T> part) {
        return findings.attempt(at, at, scope.node(), part);
    }

    /** Where nobody knows yet through what the loop goes, once, so that what stands in it is looked at. */
    private void loop(TaskTerm.For loop, Value in, Scope scope, Around around) {
        if (Value.Secret.open(in) instanceof Value.Unknown unknown) {
            expand(loop.tasks(), scope.with(loop.variable(), unknown), new Around(true, around.guard()));
            return;
        }
        for (Value element : Lists.elements(in)) {
            expand(loop.tasks(), scope.with(loop.variable(), element), around);
        }
    }

    private void choose(TaskTerm.If choice, Value condition, Scope scope, Around around) {
        Optional<Boolean> holds = Terms.truth(condition);
        if (holds.isPresent()) {
            expand(holds.get() ? choice.then() : choice.otherwise(), scope, around);
            return;
        }
        Around either = new Around(true, around.guard());
        expand(choice.then(), scope, either);
        expand(choice.otherwise(), scope, either);
    }

    private static Task.Guard guard(TaskTerm.Guarded guarded, Scope scope) {
        Duration within = Terms.duration(guarded.within(), scope).orElse(Task.Guard.PATIENCE);
        return new Task.Guard(guarded.span(), within, guarded.confirm().map(term -> new Condition(term, scope)));
    }

    private static RoleDef role(String name, Scope scope) {
        return scope.world().program().roles().get(name);
    }

    private static Scope role(TaskTerm.RoleCall call, Scope scope) {
        List<Value> arguments = Terms.values(call.arguments(), scope);
        return scope.body(call.span(), "role `" + Terms.bare(call.role()) + "`")
                .with(Terms.bind(role(call.role(), scope).params(), arguments));
    }

    private static ActionDraft action(TaskTerm.ActionCall term, Scope scope) {
        ActionDef action = scope.world().program().actions().get(term.action());
        List<Value> arguments = List.copyOf(Terms.values(term.arguments(), scope));
        Scope inside = scope.body(term.span(), "action `" + Terms.bare(action.name()) + "`").with(Terms.bind(action.params(), arguments));
        List<Value.Reference> needs = new ArrayList<>();
        action.needs().forEach(need -> needs.addAll(references(Terms.value(need, inside))));
        return new ActionDraft(new ActionCall(action, arguments, List.copyOf(needs), term.now(), term.span()));
    }

    private TaskDraft task(TaskTerm.Task term, Scope scope, Around around) {
        ResourceDef resource = scope.world().program().resources().get(term.resource());
        List<Value> key = List.copyOf(Terms.values(term.key(), scope));
        SequencedMap<String, Value> given = given(term, resource, scope);
        SequencedMap<String, Value> complete = ResourceScopes.withDefaults(resource, key, given, scope);
        SequencedMap<String, Value> desired = mode(term) == Task.Mode.ABSENT ? ofItsGoing(resource, given, complete) : complete;
        Set<String> only = new HashSet<>();
        term.attributes().stream().filter(TaskTerm.Assignment::only).forEach(a -> only.add(a.attribute()));
        Scope body = ResourceScopes.of(resource, key, complete, scope.body(term.span(), resource.name()));
        Scope inside = resource.needsUseLets() ? ResourceScopes.lets(resource, body) : body;
        List<Value.Reference> needs = new ArrayList<>();
        resource.needs().forEach(need -> needs.addAll(references(Terms.value(need, inside))));
        List<Needed> written = new ArrayList<>();
        term.needs().forEach(need -> references(Terms.value(need, scope)).forEach(r -> written.add(new Needed(r, need))));
        Task task = new Task(
                resource,
                key,
                scope.node().orElseThrow(),
                mode(term),
                desired,
                Set.copyOf(only),
                List.copyOf(needs),
                onChange(term, scope),
                term.tags().map(tags -> texts(Terms.value(tags, scope))).orElse(List.of()),
                term.timeout().flatMap(limit -> Terms.duration(limit, scope)),
                term.moved().map(moved -> new Task.Moved(former(moved, resource, scope), moved.ifThere())),
                around.guard(),
                around.conditional(),
                head(term));
        return new TaskDraft(task, written);
    }

    /** The resource and the key: what names the task. */
    private static Span head(TaskTerm.Task term) {
        int end = term.key().stream().mapToInt(key -> key.span().end()).max().orElse(term.span().end());
        return new Span(term.span().source(), term.span().start(), Math.clamp(end, term.span().start(), term.span().end()));
    }

    private static Task.Mode mode(TaskTerm.Task term) {
        return term.modifier()
                .map(modifier -> switch (modifier) {
                    case ABSENT -> Task.Mode.ABSENT;
                    case WATCH -> Task.Mode.WATCH;
                    case NOW -> Task.Mode.PRESENT;
                })
                .orElse(Task.Mode.PRESENT);
    }

    /** What the task says; null is as good as left out. */
    private static SequencedMap<String, Value> given(TaskTerm.Task term, ResourceDef resource, Scope scope) {
        SequencedMap<String, Value> given = new LinkedHashMap<>();
        for (Term spread : term.spreads()) {
            if (Terms.value(spread, scope) instanceof Value.Struct(String type, var fields)) {
                for (AttributeDef attribute : resource.attributes()) {
                    Value value = fields.getOrDefault(attribute.name(), Value.Nothing.NULL);
                    if (value != Value.Nothing.NULL && !(attribute.role() instanceof Role.ReadOnly)) {
                        given.put(attribute.name(), Conversions.convert(attribute.type(), value, spread.span(), scope));
                    }
                }
            }
        }
        for (TaskTerm.Assignment assignment : term.attributes()) {
            Value value = Terms.value(assignment.value(), scope);
            if (value == Value.Nothing.NULL) {
                given.remove(assignment.attribute());
            } else {
                given.put(assignment.attribute(), value);
            }
        }
        return given;
    }

    /** Of what is to be absent no more is wanted than what was said, and the options of its going. */
    private static SequencedMap<String, Value> ofItsGoing(
            ResourceDef resource, Map<String, Value> given, SequencedMap<String, Value> complete) {
        SequencedMap<String, Value> desired = new LinkedHashMap<>(complete);
        desired.keySet().removeIf(name -> !given.containsKey(name)
                && !(resource.attribute(name).map(AttributeDef::role).orElseThrow() instanceof Role.Option));
        return desired;
    }

    /** Actions, and loops and conditions around them. */
    private List<ActionCall> onChange(TaskTerm.Task term, Scope scope) {
        return of(term.onChange(), scope, findings).stream()
                .filter(ActionDraft.class::isInstance)
                .map(draft -> ((ActionDraft) draft).call())
                .toList();
    }

    private static List<Value> former(TaskTerm.Moved moved, ResourceDef resource, Scope scope) {
        Value from = Terms.value(moved.from(), scope);
        return resource.key().size() > 1 && from instanceof Value.Items(List<Value> parts) ? parts : List.of(from);
    }

    private static List<Value.Reference> references(Value value) {
        return switch (value) {
            case Value.Reference reference -> List.of(reference);
            case Value.Items(List<Value> values) -> values.stream().flatMap(v -> references(v).stream()).toList();
            case Value.Group(var values) -> values.stream().flatMap(v -> references(v).stream()).toList();
            default -> List.of();
        };
    }

    private static List<String> texts(Value value) {
        return value instanceof Value.Unknown ? List.of() : Lists.elements(value).stream().map(Shown::text).toList();
    }
}
