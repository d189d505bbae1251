package org.offx.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.offx.check.Builtin;
import org.offx.check.Definition;
import org.offx.check.Definition.Blocks;
import org.offx.check.Definition.AttributeDef;
import org.offx.check.Definition.NodeDef;
import org.offx.check.Definition.ParamDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Definition.Role;
import org.offx.check.Lazy;
import org.offx.check.Program;
import org.offx.check.Term;
import org.offx.text.Source;
import org.offx.text.Sources;
import org.offx.text.Span;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Terms, definitions and values for tests, written shortly. Every term has its own text as its span. */
final class Make {

    static final Sources NO_FILES = files(Map.of());

    private Make() {}

    static Sources files(Map<String, String> files) {
        return new Sources() {
            @Override
            public Optional<Source> relative(Source from, String name) {
                return Optional.ofNullable(files.get(name)).map(text -> new Source(name, text));
            }

            @Override
            public Optional<Source> library(String module) {
                return Optional.empty();
            }
        };
    }

    static Span span(String text) {
        return new Source("test.offx", text).span(0, text.length());
    }

    // Values.

    static Value text(String text) {
        return new Value.Text(text);
    }

    static Value number(long number) {
        return new Value.Int(number);
    }

    static Value list(Value... values) {
        return new Value.Items(List.of(values));
    }

    static Value set(Value... values) {
        return Aggregates.set(List.of(values));
    }

    static Value struct(Object... namesAndValues) {
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
        }
        return new Value.Struct("", fields);
    }

    static Value table(Value... keysAndValues) {
        SequencedMap<Value, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Value.Table(entries);
    }

    static Value unknown(String origin) {
        return Unknowns.after(origin);
    }

    // Terms.

    static Term constant(Value value) {
        return new Term.Const(span(Shown.literal(value)), Basic.JSON, value);
    }

    static Term local(String name) {
        return new Term.Local(span(name), Basic.JSON, name);
    }

    static Term global(String name) {
        return new Term.Global(span(name), Basic.JSON, name);
    }

    static Term here(String attribute) {
        return field(new Term.ThisNode(span("node"), new Type.Node("")), attribute);
    }

    static Term field(Term target, String name) {
        return new Term.Field(span(target.span().text() + "." + name), Basic.JSON, target, name, false);
    }

    static Term call(Builtin builtin, Term... arguments) {
        return typed(builtin, Basic.JSON, arguments);
    }

    static Term typed(Builtin builtin, Type type, Term... arguments) {
        List<String> texts = Arrays.stream(arguments).map(a -> a.span().text()).toList();
        String symbol = builtin.signature().startsWith("operator ") ? builtin.signature().substring(9) : builtin.name();
        String written = texts.size() == 2 && builtin.signature().startsWith("operator ")
                ? texts.get(0) + " " + symbol + " " + texts.get(1)
                : symbol + "(" + String.join(", ", texts) + ")";
        return new Term.BuiltinCall(span(written), type, builtin, List.of(arguments));
    }

    static Term condition(Term condition, Term then, Term otherwise) {
        return new Term.If(span("if"), Basic.JSON, condition, then, otherwise);
    }

    static Term template(Object... parts) {
        List<Term.Part> all = new ArrayList<>();
        for (Object part : parts) {
            all.add(part instanceof Term term ? new Term.Hole(term) : new Term.Literal((String) part));
        }
        return new Term.Template(span("template"), Basic.STRING, all);
    }

    /** Words: texts, terms (one word each), and lists of one term (spread). */
    static Term command(Object... words) {
        List<Term.Word> all = new ArrayList<>();
        for (Object word : words) {
            all.add(switch (word) {
                case Term term -> new Term.Word(List.of(new Term.Hole(term)), false);
                case List<?> spread -> new Term.Word(List.of(new Term.Hole((Term) spread.getFirst())), true);
                default -> new Term.Word(List.of(new Term.Literal((String) word)), false);
            });
        }
        return new Term.Command(span("command"), Basic.COMMAND, all);
    }

    static Term probe(Object... words) {
        return new Term.Probe(span("probe"), Basic.JSON, command(words), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }

    static Term out(Term probe) {
        return field(probe, "out");
    }

    static Term record(Object... namesAndTerms) {
        List<Term.FieldValue> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTerms.length; i += 2) {
            fields.add(new Term.FieldValue((String) namesAndTerms[i], (Term) namesAndTerms[i + 1]));
        }
        return new Term.Record(span("{ … }"), Basic.JSON, List.of(), fields);
    }

    static Term.Let let(String name, Term value) {
        return new Term.Let(span("let " + name), name, value);
    }

    static Term block(List<Term.Let> lets, Term result) {
        return new Term.Block(span("{ … }"), Basic.JSON, lets, result);
    }

    static Term lambda(String param, Term body) {
        return new Term.Lambda(span(param + " => " + body.span().text()), Basic.JSON, List.of(param), body);
    }

    static Term convert(Type type, Term value) {
        return new Term.Convert(value.span(), type, value);
    }

    // Definitions.

    static AttributeDef attribute(String name, Type type) {
        return attribute(name, type, new Role.Managed());
    }

    static AttributeDef attribute(String name, Type type, Role role) {
        return new AttributeDef(
                name, span(name), "", type, Optional.empty(), role, false, false, Optional.empty(), Optional.empty());
    }

    static AttributeDef same(AttributeDef a, Term canonical) {
        return new AttributeDef(
                a.name(), a.span(), a.doc(), a.type(), a.defaultValue(), a.role(), a.required(), a.liveAndKept(), Optional.of(canonical), a.block());
    }

    static ResourceDef resource(String name, AttributeDef... attributes) {
        return new ResourceDef(name, span(name), "", false, List.of(new ParamDef("name", Basic.STRING, Optional.empty())),
                List.of(attributes), List.of(), true, true,
                Lazy.of(new Blocks(List.of(), Optional.empty(), Optional.empty(), List.of(), List.of())));
    }

    static ResourceDef observing(ResourceDef r, Term observe) {
        return new ResourceDef(r.name(), r.span(), r.doc(), r.cluster(), r.key(), r.attributes(), r.needs(), r.needsUseLets(), r.overwrites(),
                Lazy.of(new Blocks(r.lets(), Optional.of(observe), r.listing(), r.review(), r.operations())));
    }

    static Task task(ResourceDef resource, String key, Value.Struct desired, String... only) {
        return new Task(resource, List.of(text(key)), "n1", Task.Mode.PRESENT, desired.fields(), Set.of(only), List.of(), List.of(),
                List.of(), Optional.empty(), Optional.empty(), Optional.empty(), false, span(resource.name() + " \"" + key + "\""));
    }

    static Program program(Object... definitions) {
        Program program = new Program(
                new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(),
                new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(),
                new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), List.of());
        for (Object definition : definitions) {
            add(program, (Definition) definition);
        }
        return program;
    }

    private static void add(Program program, Definition definition) {
        switch (definition) {
            case Definition.LetDef d -> program.lets().put(d.name(), d);
            case Definition.FnDef d -> program.functions().put(d.name(), d);
            case Definition.FactDef d -> program.facts().put(d.name(), d);
            case Definition.StructDef d -> program.structs().put(d.name(), d);
            case Definition.EnumDef d -> program.enums().put(d.name(), d);
            case Definition.RefinementDef d -> program.refinements().put(d.name(), d);
            case Definition.KindDef d -> program.kinds().put(d.name(), d);
            case NodeDef d -> program.nodes().put(d.name(), d);
            case Definition.GroupDef d -> program.groups().put(d.name(), d);
            case ResourceDef d -> program.resources().put(d.name(), d);
            case Definition.ActionDef d -> program.actions().put(d.name(), d);
            case Definition.RoleDef d -> program.roles().put(d.name(), d);
            case Definition.PlayDef d -> program.plays().add(d);
            case Definition.RuleDef d -> program.rules().add(d);
            case Definition.TestDef d -> program.tests().add(d);
        }
    }

    static Scope scope(Object... definitions) {
        return Scope.of(new World(program(definitions), NO_FILES, Facts.UNKNOWN), "n1");
    }
}
