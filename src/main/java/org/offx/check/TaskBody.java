package org.offx.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Entry;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.tree.TaskItem;
import org.offx.tree.TaskItem.BodyItem;
import org.offx.tree.TaskItem.Modifier;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** A task of a resource: its key, its attributes by the schema, what it carries. */
final class TaskBody {

    private final Checker checker;

    TaskBody(Checker checker) {
        this.checker = checker;
    }

    TaskTerm task(TaskItem.Task task, Symbol resource, Scope scope) {
        Schema schema = checker.shapes.schema(resource);
        if (task.modifier().filter(Modifier.NOW::equals).isPresent()) {
            checker.problems.error(
                    Code.BAD_CALL,
                    task.resource().span(),
                    "`now` goes with actions, and `" + task.resource().text() + "` is a resource");
        }
        List<Term> key = checker.arguments
                .declared(
                        task.resource().span(),
                        "`" + task.resource().text() + "`",
                        schema.key(),
                        resource,
                        TaskCheck.arguments(task),
                        scope)
                .orElse(List.of());
        Body body = new Body(task.resource().text(), schema, scope);
        task.body().forEach(body::add);
        body.blocks();
        body.required(task);
        return new TaskTerm.Task(
                task.span(), task.modifier(), resource.name(), key, body.spreads, body.assignments(), body.onChange,
                body.tags, body.timeout, body.needs, body.moved);
    }

    /** References to tasks: a list of them, or one. */
    Term references(Expr written, Scope scope) {
        Type reference = new Type.Reference("");
        Term term = checker.exprs.term(written, new Type.ListOf(reference), scope);
        return checker.fitting.fit(
                term, Types.nonNull(term.type()) instanceof Type.Reference ? reference : new Type.ListOf(reference));
    }

    /** The block of one task, as its items are read. */
    private final class Body {

        private final String written;
        private final Schema schema;
        private final Scope scope;
        private final SequencedMap<String, TaskTerm.Assignment> given = new LinkedHashMap<>();
        private final SequencedMap<String, List<TaskItem.NestedEntry>> blocks = new LinkedHashMap<>();
        private final Set<String> spreadNames = new LinkedHashSet<>();
        private final List<Term> spreads = new ArrayList<>();
        private final List<TaskTerm> onChange = new ArrayList<>();
        private final List<Term> needs = new ArrayList<>();
        private Optional<Term> tags = Optional.empty();
        private Optional<Term> timeout = Optional.empty();
        private Optional<TaskTerm.Moved> moved = Optional.empty();

        Body(String written, Schema schema, Scope scope) {
            this.written = written;
            this.schema = schema;
            this.scope = scope;
        }

        void add(BodyItem item) {
            switch (item) {
                case TaskItem.Attribute(Span span, boolean only, Name name, Expr value) -> attribute(span, only, name, value);
                case TaskItem.Shorthand(Span span, Name name) ->
                    attribute(span, false, name, new Expr.Ref(name.span(), name.text()));
                case TaskItem.SpreadBody(Span span, Expr value) -> spread(value);
                case TaskItem.NestedEntry entry -> block(entry);
                case TaskItem.OnChange(Span span, List<TaskItem> actions) ->
                    onChange.addAll(checker.tasks.actions(actions, scope));
                case TaskItem.Tags(Span span, Expr value) -> {
                    once(span, "tags", tags.isPresent());
                    tags = Optional.of(checker.exprs.check(value, new Type.ListOf(Basic.STRING), scope));
                }
                case TaskItem.Timeout(Span span, Expr limit) -> {
                    once(span, "timeout", timeout.isPresent());
                    timeout = Optional.of(checker.exprs.check(limit, Basic.DURATION, scope));
                }
                case TaskItem.Needs(Span span, Expr references) -> needs.add(references(references, scope));
                case TaskItem.MovedFrom(Span span, Expr name, boolean ifThere) -> {
                    once(span, "moved from", moved.isPresent());
                    moved = Optional.of(
                            new TaskTerm.Moved(checker.exprs.check(name, schema.keyType(), scope), ifThere));
                }
            }
        }

        private void once(Span span, String what, boolean before) {
            if (before) {
                checker.problems.error(Code.DUPLICATE_ENTRY, span, "`" + what + "` is given twice");
            }
        }

        private void attribute(Span span, boolean only, Name name, Expr value) {
            Optional<Schema.Attribute> attribute = settable(name);
            if (attribute.isEmpty()) {
                return;
            }
            Type type = attribute.get().slot().type();
            if (only && !(Types.core(type) instanceof Type.MapOf)) {
                checker.problems.add(Diagnostic.error(
                                Code.TYPE_MISMATCH, name.span(), "`only` goes with maps, and `" + name.text() + "` is " + TypeNames.a(type))
                        .note("lists and sets are exact already: what is not declared goes"));
            }
            TaskTerm.Assignment before = given.get(name.text());
            if (before != null) {
                twice(name.span(), name.text(), before.span());
                return;
            }
            Type expected = attribute.get().required() ? type : Types.optional(type);
            Term term = isLeak(name, value, type)
                    ? ExprCheck.missing(value.span())
                    : checker.exprs.check(value, expected, scope);
            given.put(name.text(), new TaskTerm.Assignment(span, name.text(), term, only));
        }

        /** A secret for an attribute that is shown, where the resource has the same once more for secrets; reported. */
        private boolean isLeak(Name name, Expr value, Type type) {
            String other = "secret_" + name.text();
            Schema.Attribute hidden = schema.attributes().get(other);
            if (hidden == null
                    || !hidden.slot().type().equals(new Type.Secret(type))
                    || !Types.isSecret(checker.exprs.typeOf(value, scope))) {
                return false;
            }
            checker.problems.add(Diagnostic.error(Code.SECRET_LEAK, value.span(), "a secret where it would be shown")
                    .here("`" + name.text() + "` is shown in plans and reports")
                    .note("give it as `" + other + "`, which is never shown"));
            return true;
        }

        private void twice(Span again, String name, Span before) {
            checker.problems.add(Diagnostic.error(Code.DUPLICATE_ENTRY, again, "`" + name + "` is given twice")
                    .here("given again here")
                    .and(before, "first given here"));
        }

        /** The attribute of that name; reported where there is none, or none that can be set. */
        private Optional<Schema.Attribute> settable(Name name) {
            Schema.Attribute attribute = schema.attributes().get(name.text());
            if (attribute == null) {
                unknown(name);
                return Optional.empty();
            }
            if (attribute.kind() == Schema.Kind.READONLY) {
                checker.problems.add(Diagnostic.error(
                                Code.NOT_SETTABLE, name.span(), "`" + name.text() + "` of " + written + " is read only")
                        .and(attribute.slot().name().span(), "declared `readonly` here")
                        .note("it is observed and shown in plans; nothing sets it"));
                return Optional.empty();
            }
            return Optional.of(attribute);
        }

        private void unknown(Name name) {
            Diagnostic diagnostic = Diagnostic.error(
                    Code.UNKNOWN_ATTRIBUTE, name.span(), "unknown attribute `" + name.text() + "` of " + written);
            Set<String> known = new LinkedHashSet<>();
            schema.attributes().values().stream()
                    .filter(a -> a.kind() != Schema.Kind.READONLY)
                    .forEach(a -> known.add(a.slot().text()));
            Optional<String> near = Optional.empty();
            if (schema.key().stream().anyMatch(k -> k.text().equals(name.text()))) {
                diagnostic = diagnostic.note("it is the key: it stands in front of the block");
            } else if (schema.block(name.text()).isPresent()) {
                diagnostic = diagnostic.note("`" + name.text() + "` is written with a key and a block: " + name.text() + " \"…\" { … }");
            } else if (Habits.attribute(name.text()).isPresent()) {
                diagnostic = diagnostic.note(Habits.attribute(name.text()).get());
            } else {
                near = Nearest.of(name.text(), known);
            }
            diagnostic = near.isPresent() ? diagnostic.fix("", name.span(), near.get()) : diagnostic;
            boolean all = Nearest.isShort(known);
            checker.problems.add(
                    known.isEmpty() ? diagnostic.note(written + " has no attributes")
                            : all ? diagnostic.note(written + " has " + Nearest.listed(known))
                            : near.isEmpty() ? diagnostic.note(written + " has " + Nearest.listed(known) + ": `offx doc " + written + "`")
                            : diagnostic);
        }

        private void spread(Expr value) {
            Term source = checker.exprs.infer(value, scope);
            Map<String, Type> fields = checker.braces.spreadFields(source);
            int known = 0;
            for (Map.Entry<String, Type> field : fields.entrySet()) {
                Schema.Attribute attribute = schema.attributes().get(field.getKey());
                if (attribute == null || attribute.kind() == Schema.Kind.READONLY) {
                    continue;
                }
                known++;
                Term term = new Term.Field(value.span(), field.getValue(), source, field.getKey(), false);
                Type type = Types.optional(attribute.slot().type());
                if (checker.types.fit(field.getValue(), type) == Types.Fit.NO) {
                    checker.problems.add(Diagnostic.error(
                            Code.TYPE_MISMATCH,
                            value.span(),
                            "`" + field.getKey() + "` of it is " + TypeNames.a(field.getValue()) + ", but of " + written + " it is "
                                    + TypeNames.a(attribute.slot().type())));
                }
                if (!Types.isNullable(term.type())) {
                    spreadNames.add(field.getKey());
                }
            }
            if (known == 0 && !fields.isEmpty()) {
                checker.problems.error(
                        Code.UNKNOWN_ATTRIBUTE, value.span(), "nothing of this is an attribute of " + written);
            }
            spreads.add(source);
        }

        private void block(TaskItem.NestedEntry entry) {
            Optional<Schema.Attribute> attribute = schema.block(entry.name().text());
            if (attribute.isPresent()) {
                blocks.computeIfAbsent(attribute.get().slot().text(), n -> new ArrayList<>()).add(entry);
                return;
            }
            Set<String> known = new LinkedHashSet<>();
            schema.attributes().values().forEach(a -> a.block().ifPresent(b -> known.add(b.text())));
            Diagnostic diagnostic = Diagnostic.error(
                    Code.UNKNOWN_ATTRIBUTE,
                    entry.name().span(),
                    written + " has no blocks `" + entry.name().text() + "`");
            checker.problems.add(
                    Nearest.hint(entry.name().text(), known).map(diagnostic::note).orElse(diagnostic));
        }

        /** The blocks of an attribute are one assignment of a map. */
        void blocks() {
            blocks.forEach((name, entries) -> {
                TaskTerm.Assignment whole = given.get(name);
                Span first = entries.getFirst().name().span();
                if (whole != null) {
                    checker.problems.add(Diagnostic.error(
                                    Code.DUPLICATE_ENTRY, first, "`" + name + "` is given as a whole and by a block")
                            .and(whole.span(), "as a whole here"));
                    return;
                }
                Type.MapOf map = (Type.MapOf) Types.core(schema.attributes().get(name).slot().type());
                List<Entry> written = new ArrayList<>();
                for (TaskItem.NestedEntry entry : entries) {
                    written.add(new Entry.Keyed(
                            entry.span(), entry.key(), new Expr.Braces(entry.span(), entry.entries())));
                }
                Term table = checker.braces.map(first, written, map.key(), map.value(), scope);
                given.put(name, new TaskTerm.Assignment(first, name, table, false));
            });
        }

        /** What must be given: by every task, or, of what is not there, what steers the looking. */
        void required(TaskItem.Task task) {
            boolean absent = task.modifier().filter(Modifier.ABSENT::equals).isPresent();
            List<String> missing = schema.attributes().values().stream()
                    .filter(Schema.Attribute::required)
                    .filter(a -> !absent || a.kind() == Schema.Kind.OPTION)
                    .map(a -> a.slot().text())
                    .filter(name -> !given.containsKey(name) && !spreadNames.contains(name))
                    .toList();
            if (!missing.isEmpty()) {
                checker.problems.add(Diagnostic.error(
                                Code.MISSING_ATTRIBUTE, task.resource().span(), written + " needs " + Nearest.listed(missing))
                        .and(
                                schema.attributes().get(missing.getFirst()).slot().name().span(),
                                "declared `required` here"));
            }
        }

        List<TaskTerm.Assignment> assignments() {
            return List.copyOf(given.values());
        }
    }
}
