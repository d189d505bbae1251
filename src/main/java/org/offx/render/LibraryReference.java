package org.offx.render;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.offx.check.Definition;
import org.offx.check.Definition.ActionDef;
import org.offx.check.Definition.AttributeDef;
import org.offx.check.Definition.EnumDef;
import org.offx.check.Definition.FactDef;
import org.offx.check.Definition.FieldDef;
import org.offx.check.Definition.FnDef;
import org.offx.check.Definition.OperationDef;
import org.offx.check.Definition.ParamDef;
import org.offx.check.Definition.RefinementDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Definition.Role;
import org.offx.check.Definition.StructDef;
import org.offx.check.Program;
import org.offx.check.ReviewTerm;
import org.offx.check.Term;
import org.offx.check.TypeNames;
import org.offx.text.Source;
import org.offx.text.Span;
import org.offx.tree.ResourceItem.Operation;
import org.offx.tree.ResourceItem.Verdict;
import org.offx.type.Type;

/**
 * The reference of one module of the standard library, in Markdown, from what its declarations say: resources with their
 * attributes, what they can do, refuse and ask consent for; then actions, facts, types and functions. The same program
 * gives the same text.
 *
 * <p>The files of a module M are those whose names end with {@code :M.offx} or begin with {@code …:M/}.
 */
public final class LibraryReference {

    private static final Pattern HOLE = Pattern.compile("\\$\\{([^{}]|\\{[^{}]*})*}");
    private static final Pattern SIMPLE_HOLE = Pattern.compile("\\$\\{([a-z_]+\\.)*([a-z_]+)}");
    private static final Pattern CHANGE = Pattern.compile("changes\\.(\\w+)( and update)?");

    private static final Comparator<Definition> BY_PLACE = Comparator.<Definition, String>comparing(
                    each -> each.span().source().name())
            .thenComparing(each -> each.span().start());

    private final String module;
    private final Program program;
    private final StringBuilder text = new StringBuilder();

    private LibraryReference(String module, Program program) {
        this.module = module;
        this.program = program;
    }

    /** The page of a module that the program uses. */
    public static String page(String module, Program program) {
        return new LibraryReference(module, program).page();
    }

    /** The part of a page that is about one resource, by its qualified name; empty where the program has none. */
    public static Optional<String> resource(String name, Program program) {
        return Optional.ofNullable(program.resources().get(name)).map(found -> {
            LibraryReference reference = new LibraryReference(moduleOf(found), program);
            reference.resource(found);
            return tidy(reference.text);
        });
    }

    private String page() {
        text.append("# ").append(module).append("\n\n");
        program.sources().stream()
                .filter(source -> source.name().endsWith(":" + module + ".offx"))
                .findFirst()
                .ifPresent(source -> text.append(about(source)).append("\n\n"));
        List<ResourceDef> resources = own(program.resources().values());
        for (ResourceDef each : resources) {
            text.append("- [`").append(each.name()).append("`](#").append(anchor(each.name())).append("): ")
                    .append(firstSentence(each.doc())).append('\n');
        }
        text.append("\nAn attribute that is left out is not managed, unless it has a default. This page is written by `offx doc` from `stdlib/")
                .append(module).append("`.\n");
        resources.forEach(each -> {
            text.append('\n');
            resource(each);
        });
        actions();
        facts();
        types();
        functions();
        return tidy(text);
    }

    private static String tidy(CharSequence text) {
        return text.toString().replaceAll("\n{3,}", "\n\n").strip() + "\n";
    }

    /** The lines of documentation at the head of a file. */
    private static String about(Source source) {
        return source.text().lines()
                .takeWhile(line -> line.startsWith("##"))
                .map(line -> line.substring(2).strip())
                .collect(Collectors.joining(" "));
    }

    private <D extends Definition> List<D> own(Collection<D> all) {
        return all.stream().filter(each -> moduleOf(each).equals(module)).toList();
    }

    private static String moduleOf(Definition definition) {
        String file = definition.span().source().name();
        return file.substring(file.indexOf(':') + 1).replaceFirst("\\.offx$", "").replaceFirst("/.*", "");
    }

    private void resource(ResourceDef resource) {
        text.append("## ").append(resource.name()).append("\n\n").append(resource.doc()).append("\n\n");
        if (resource.cluster()) {
            text.append("It belongs to the whole cluster: one node asks and changes it, and it is planned once.\n\n");
        }
        text.append("    ").append(resource.name()).append(key(resource.key())).append(" { … }\n\n");
        keys(resource.key());
        if (!resource.attributes().isEmpty()) {
            text.append("| attribute | type | kind | meaning |\n|---|---|---|---|\n");
            resource.attributes().forEach(this::attribute);
            text.append('\n');
        }
        text.append(abilities(resource)).append('\n');
        reviews(resource.review());
        needs(resource.needs());
    }

    /** As a task writes it: text in quotes, several parts in parentheses. */
    private static String key(List<ParamDef> key) {
        return switch (key.size()) {
            case 0 -> "";
            case 1 -> " " + (isText(key.getFirst().type()) ? "\"" + key.getFirst().name() + "\"" : key.getFirst().name());
            default -> key.stream().map(part -> part.name() + " = …").collect(Collectors.joining(", ", "(", ")"));
        };
    }

    private static boolean isText(Type type) {
        return switch (type) {
            case Type.Refined(String name, Type base) -> isText(base);
            case Type.Basic basic -> basic == Type.Basic.STRING || basic == Type.Basic.PATH;
            default -> false;
        };
    }

    private void keys(List<ParamDef> key) {
        if (!key.isEmpty()) {
            text.append("Its key: ").append(Markdown.code(params(key))).append(".\n\n");
        }
    }

    private String params(List<ParamDef> params) {
        return params.stream()
                .map(param -> param.name() + ": " + type(param.type())
                        + param.defaultValue().map(value -> " = " + written(value.span())).orElse(""))
                .collect(Collectors.joining(", "));
    }

    private void attribute(AttributeDef attribute) {
        text.append("| `").append(attribute.name()).append("` | ").append(cell(type(attribute.type()))).append(" | ")
                .append(traits(attribute).replace("|", "\\|")).append(" | ")
                .append(meaning(attribute).replace("|", "\\|")).append(" |\n");
    }

    private static String meaning(AttributeDef attribute) {
        Stream<String> instead = switch (attribute.role()) {
            case Role.Fixed(Term text) -> Stream.of("Where it differs: " + spoken(text) + ".");
            case Role.Managed(), Role.ReadOnly(), Role.Option(), Role.AtCreate() -> Stream.of();
        };
        return Stream.concat(Stream.of(oneLine(attribute.doc())), instead)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String traits(AttributeDef attribute) {
        List<String> traits = new ArrayList<>();
        if (attribute.required()) {
            traits.add("required");
        }
        switch (attribute.role()) {
            case Role.Managed() -> {}
            case Role.ReadOnly() -> traits.add("shown, never set");
            case Role.Option() -> traits.add("steers, is not compared");
            case Role.AtCreate() -> traits.add("given at creation");
            case Role.Fixed(Term ignored) -> traits.add("fixed once it exists");
        }
        if (attribute.liveAndKept()) {
            traits.add("now and after a reboot");
        }
        attribute.defaultValue().ifPresent(value -> traits.add(Markdown.code("= " + written(value.span()))));
        attribute.block().ifPresent(block -> traits.add("also as `" + block + " \"…\" { … }`"));
        return String.join(", ", traits);
    }

    private static String abilities(ResourceDef resource) {
        String done = resource.operations().stream()
                .filter(operation -> operation.operation() != Operation.PERFORM)
                .map(LibraryReference::ability)
                .collect(Collectors.joining(", "));
        String never = Stream.of(Operation.CREATE, Operation.UPDATE, Operation.DELETE)
                .filter(operation -> resource.operation(operation).isEmpty())
                .map(LibraryReference::participle)
                .collect(Collectors.joining(", "));
        return "It can be " + done + "." + (never.isEmpty() ? "" : " It is never " + never + ".") + "\n";
    }

    private static String ability(OperationDef operation) {
        String name = participle(operation.operation());
        return name + (operation.destructive() ? " (destructive: asks for consent)" : "")
                + (operation.guarded() ? " (guarded: undone unless the node answers again)" : "");
    }

    private static String participle(Operation operation) {
        return operation.name().toLowerCase(Locale.ROOT).replaceFirst("e$", "") + "ed";
    }

    private void reviews(List<ReviewTerm> review) {
        List<String> lines = new ArrayList<>();
        for (ReviewTerm each : review) {
            switch (each) {
                case ReviewTerm.Let ignored -> {}
                case ReviewTerm.When(var span, Term trigger, Verdict verdict, Term said, var condition) ->
                    lines.add("- " + verb(verdict) + " when " + event(trigger) + ": " + spoken(said));
                case ReviewTerm.Show(var span, Term trigger, Term title, Term value) ->
                    lines.add("- shows when " + event(trigger) + ": what it " + spoken(title));
            }
        }
        if (!lines.isEmpty()) {
            text.append("Before a change:\n\n");
            lines.forEach(line -> text.append(line).append('\n'));
            text.append('\n');
        }
    }

    private static String verb(Verdict verdict) {
        return switch (verdict) {
            case REFUSE -> "refuses";
            case CONSENT -> "asks for consent";
            case NOTE -> "notes";
        };
    }

    private static String event(Term trigger) {
        String written = written(trigger.span());
        Matcher change = CHANGE.matcher(written);
        if (change.matches()) {
            return "`" + change.group(1) + "` " + (change.group(2) == null ? "is given or changes" : "changes");
        }
        return switch (written) {
            case "create", "update", "delete" -> "it is " + written + "d";
            case "changes" -> "anything changes";
            default -> Markdown.code(written);
        };
    }

    /** A text of the playbook as a sentence: its holes by the names in them, longer ones as dots. */
    private static String spoken(Term said) {
        String written = written(said.span());
        String bare = written.startsWith("\"") && written.endsWith("\"") ? written.substring(1, written.length() - 1) : written;
        return HOLE.matcher(bare).replaceAll(hole -> {
            Matcher simple = SIMPLE_HOLE.matcher(hole.group());
            return Matcher.quoteReplacement(simple.matches() ? "*" + simple.group(2) + "*" : "…");
        }).replace("\\\"", "\"");
    }

    private void needs(List<Term> needs) {
        if (!needs.isEmpty()) {
            text.append("Comes after, where the playbook has them: ")
                    .append(needs.stream().map(need -> Markdown.code(listed(written(need.span())))).collect(Collectors.joining(", ")))
                    .append(".\n");
        }
    }

    /** A list without its brackets. */
    private static String listed(String written) {
        return written.startsWith("[") && written.endsWith("]") ? written.substring(1, written.length() - 1) : written;
    }

    private void actions() {
        for (ActionDef action : own(program.actions().values())) {
            text.append("\n## ").append(action.name()).append("\n\nAn action. ").append(action.doc()).append("\n\n    ")
                    .append(action.name()).append('(').append(params(action.params())).append(")\n\n");
            reviews(action.review());
            needs(action.needs());
        }
    }

    private void facts() {
        List<FactDef> facts = own(program.facts().values());
        if (!facts.isEmpty()) {
            text.append("\n## Facts\n\n");
            facts.forEach(fact -> entry(fact.name() + (fact.params().isEmpty() ? "" : "(" + params(fact.params()) + ")")
                    + ": " + type(fact.type()), fact.doc()));
        }
    }

    private void types() {
        int start = text.length();
        // in the order of the text: the program has them in the order in which something needed them
        for (RefinementDef each : own(program.refinements().values()).stream().sorted(BY_PLACE).toList()) {
            entry("type " + simple(each.name()) + " = " + type(each.base()) + " where " + written(each.condition().span()), each.doc());
        }
        for (EnumDef each : own(program.enums().values())) {
            entry("enum " + simple(each.name()) + " { "
                    + each.members().stream().map(m -> m.name() + m.payload().map(p -> "(" + type(p) + ")").orElse(""))
                            .collect(Collectors.joining(", "))
                    + " }", each.doc());
        }
        for (StructDef each : own(program.structs().values())) {
            if (!each.doc().isEmpty()) {
                entry("struct " + simple(each.name()) + " { "
                        + each.fields().stream().map(this::field).collect(Collectors.joining(", ")) + " }", each.doc());
            }
        }
        if (text.length() > start) {
            text.insert(start, "\n## Types of " + module + "\n\n");
        }
    }

    private String field(FieldDef field) {
        return field.name() + ": " + type(field.type())
                + field.defaultValue().filter(value -> !written(value.span()).isEmpty()).map(value -> " = " + written(value.span())).orElse("");
    }

    private void functions() {
        List<FnDef> functions = own(program.functions().values()).stream().filter(fn -> !fn.doc().isEmpty()).toList();
        if (!functions.isEmpty()) {
            text.append("\n## Functions of ").append(module).append("\n\n");
            functions.forEach(fn -> entry((fn.probe() ? "probe fn " : "fn ") + fn.name() + "(" + params(fn.params()) + "): "
                    + type(fn.result()), fn.doc()));
        }
    }

    private void entry(String code, String doc) {
        text.append("- ").append(Markdown.code(code)).append(doc.isEmpty() ? "" : "  \n  " + oneLine(doc)).append('\n');
    }

    private String type(Type type) {
        return TypeNames.of(type).replaceAll("\\b" + module + "\\.", "");
    }

    private String simple(String name) {
        return TypeNames.simple(name).replaceFirst("^" + module + "\\.", "");
    }

    private static String cell(String code) {
        return Markdown.code(code).replace("|", "\\|");
    }

    /** As it stands in the source, on one line. */
    private static String written(Span span) {
        return oneLine(span.text());
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static String firstSentence(String doc) {
        return oneLine(doc).replaceFirst("(?<=[.:])\\s.*", "").replaceFirst(":$", ".");
    }

    /** How forges name the heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
    }
}
