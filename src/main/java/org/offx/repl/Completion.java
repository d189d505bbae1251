package org.offx.repl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offx.check.Definition.AttributeDef;
import org.offx.check.Definition.EnumDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Definition.Role;
import org.offx.check.Sight.CheckedTerm;
import org.offx.syntax.Fragment;
import org.offx.syntax.Syntax;
import org.offx.text.Diagnostic;
import org.offx.tree.Expr;
import org.offx.type.Type;

/** What could stand where somebody is typing. Asks no node. */
public final class Completion {

    /**
     * One possibility.
     *
     * @param text what the unfinished word becomes, dots in it included
     * @param about a few words beside it; may be empty
     * @param attribute it is an attribute of a task, which is to be given a value
     */
    public record Candidate(String text, String about, boolean attribute) {
        Candidate(String text, String about) {
            this(text, about, false);
        }
    }

    private static final List<String> PROMPT_WORDS =
            List.of("apply", "clear", "help", "observe", "on", "plan", "quit", "save", "undo", ":type");
    private static final List<String> DECLARATIONS =
            List.of("enum", "fact", "fn", "group", "kind", "let", "node", "play", "probe", "role", "struct", "type", "use");
    private static final List<String> TASK_WORDS = List.of("absent", "for", "guarded", "if", "watch");
    private static final List<String> BODY_WORDS = List.of("moved from", "needs", "on change", "only", "tags", "timeout");
    /** A dotted name, or what is asked of a range of addresses. */
    private static final Pattern WORD = Pattern.compile("(?:\\d[\\d.:a-f]*/\\d[\\w.]*|[:\\w.]*)$");

    private final Workspace workspace;

    Completion(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Where the unfinished word at the end of a text begins. */
    static int wordStart(String before) {
        Matcher word = WORD.matcher(before);
        return word.find() ? word.start() : before.length();
    }

    /** @param before the entry up to where the next letter goes; sorted, every candidate continues its last word */
    List<Candidate> of(String before) {
        String word = before.substring(wordStart(before));
        String rest = before.substring(0, wordStart(before));
        if (inText(rest)) {
            return List.of();
        }
        return possible(rest, word).stream().filter(one -> one.text().startsWith(word)).distinct().toList();
    }

    private List<Candidate> possible(String rest, String word) {
        String first = rest.strip();
        if (first.equals("on")) {
            return word.contains(".") ? members(word) : plain(nodesAndGroups());
        }
        Optional<ResourceDef> resource = openTask(rest);
        if (resource.isPresent()) {
            return inTask(resource.get(), rest, word);
        }
        if (first.matches("observe|absent|watch")) {
            return plain(workspace.sight().heads());
        }
        List<Candidate> all = values(word);
        if (first.isEmpty()) {
            all.addAll(plain(workspace.sight().heads()));
        }
        if (first.isEmpty()) {
            all.addAll(plain(PROMPT_WORDS));
            all.addAll(plain(DECLARATIONS));
            all.addAll(plain(TASK_WORDS));
        }
        return all;
    }

    private List<Candidate> inTask(ResourceDef resource, String rest, String word) {
        Optional<String> attribute = attributeBefore(rest);
        if (attribute.isEmpty()) {
            List<Candidate> all = new ArrayList<>();
            resource.attributes().stream()
                    .filter(one -> !(one.role() instanceof Role.ReadOnly))
                    .forEach(one -> all.add(new Candidate(one.name(), workspace.sight().name(one.type()), true)));
            all.addAll(plain(BODY_WORDS));
            return all;
        }
        List<Candidate> all = values(word);
        resource.attribute(attribute.get()).map(AttributeDef::type).ifPresent(type -> all.addAll(plain(words(type))));
        return all;
    }

    /** What an expression may begin with; what modules hold, only behind their names. */
    private List<Candidate> values(String word) {
        boolean dotted = word.contains(".");
        List<Candidate> all = new ArrayList<>(dotted ? members(word) : List.of());
        workspace.sight().values().stream()
                .filter(name -> dotted || !name.contains("."))
                .forEach(name -> all.add(new Candidate(name, "")));
        return all;
    }

    /** Behind a dot: what a module holds, and what a value has. */
    private List<Candidate> members(String word) {
        int dot = word.lastIndexOf('.');
        String target = word.substring(0, dot);
        List<Candidate> all = new ArrayList<>();
        Fragment<Expr> read = Syntax.expression(Entry.source(target));
        if (read.node().isPresent() && read.diagnostics().isEmpty()) {
            CheckedTerm checked = workspace.sight().expression(read.node().get(), Map.of());
            if (checked.diagnostics().stream().noneMatch(Diagnostic::isError)) {
                workspace.sight().members(checked.term().type()).forEach(member -> all.add(new Candidate(target + "." + member, "")));
            }
        }
        return all;
    }

    /** The bare words that a value of a type may be. */
    private Set<String> words(Type type) {
        Set<String> words = new TreeSet<>();
        switch (type) {
            case Type.Enum(String name) -> Optional.ofNullable(workspace.program().enums().get(name))
                    .map(EnumDef::members)
                    .ifPresent(members -> members.forEach(member -> words.add(member.name())));
            case Type.Symbol(String word) -> words.add(word);
            case Type.Prop(Type inner) -> {
                words.addAll(words(inner));
                words.add("inherit");
            }
            case Type.Optional(Type inner) -> words.addAll(words(inner));
            case Type.Refined(String name, Type base) -> words.addAll(words(base));
            case Type.ListOf(Type element) -> words.addAll(words(element));
            case Type.SetOf(Type element) -> words.addAll(words(element));
            case Type.Union(List<Type> members) -> members.forEach(member -> words.addAll(words(member)));
            case Type.Basic basic when basic == Type.Basic.BOOL -> words.addAll(List.of("true", "false"));
            default -> {}
        }
        return words;
    }

    private Set<String> nodesAndGroups() {
        Set<String> names = new TreeSet<>(workspace.program().nodes().keySet());
        workspace.program().groups().keySet().forEach(name -> names.add(simple(name)));
        return names;
    }

    /** The resource whose block is open at the end of a text, if it is the innermost open one. */
    private Optional<ResourceDef> openTask(String text) {
        int open = innermostOpen(text);
        if (open < 0 || text.charAt(open) != '{') {
            return Optional.empty();
        }
        return resource(workspace, lastHead(text.substring(0, open)));
    }

    /** {@code on} and its like stand before the head; the key stands behind it. */
    private static String lastHead(String before) {
        String line = before.substring(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('{')) + 1).strip();
        String task = line.replaceFirst("^(observe|absent|watch)\\s+", "");
        Matcher name = Pattern.compile("^[A-Za-z_][\\w.]*").matcher(task);
        return name.find() ? name.group() : "";
    }

    /** The attribute whose value is being written; empty where an attribute may begin. */
    private static Optional<String> attributeBefore(String rest) {
        String line = rest.substring(Math.max(rest.lastIndexOf('\n'), rest.lastIndexOf('{')) + 1);
        Matcher attribute = Pattern.compile("(\\w+)\\s*=[^=,]*(?:\\[[^\\]]*)?$").matcher(line);
        return attribute.find() ? Optional.of(attribute.group(1)) : Optional.empty();
    }

    private static int innermostOpen(String text) {
        int depth = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c == '}') {
                depth++;
            } else if (c == '{' && depth-- == 0) {
                return i;
            }
        }
        return -1;
    }

    private static boolean inText(String rest) {
        String line = rest.substring(rest.lastIndexOf('\n') + 1);
        return line.replace("\\\"", "").chars().filter(c -> c == '"').count() % 2 == 1;
    }

    /** A resource by the name that it has at the prompt. */
    static Optional<ResourceDef> resource(Workspace workspace, String name) {
        return workspace.program().resources().values().stream()
                .filter(one -> one.name().equals(name) || simple(one.name()).equals(name))
                .findFirst();
    }

    /** Without what makes it unique among files. */
    private static String simple(String qualified) {
        return qualified.substring(qualified.indexOf('#') + 1);
    }

    private static List<Candidate> plain(Collection<String> names) {
        return names.stream().map(name -> new Candidate(name, "")).toList();
    }
}
