package org.offx.repl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.offx.text.Source;
import org.offx.tree.Decl;
import org.offx.value.Shown;
import org.offx.value.Value;

/**
 * A session so far, as a playbook: the files it began with, what was declared, what is staged. Everything that is checked
 * or planned at the prompt is checked and planned as this playbook, and this is what {@code save} writes.
 *
 * @param modules library modules that the files use, and that the prompt therefore sees too
 */
record Document(List<String> files, List<String> modules, List<Declared> declared, List<Staged> staged) {

    /** What diagnostics call the prompt. */
    static final String NAME = "prompt";

    /** An entry with declarations. @param names what they declare, each with its kind of name */
    record Declared(Set<String> names, String text) {}

    /** Something that waits to be applied. */
    sealed interface Staged {

        String text();

        /** @param nodes the expression after {@code on} */
        record Tasks(String nodes, String text) implements Staged {}

        /** A whole play, with nodes of its own. */
        record Play(String text) implements Staged {}
    }

    static Document of(List<String> files, List<String> modules) {
        return new Document(List.copyOf(files), List.copyOf(modules), List.of(), List.of());
    }

    /** With more declarations; what declared the same before is replaced. */
    Document declare(List<Decl> declarations, String text) {
        Set<String> names = new LinkedHashSet<>();
        declarations.forEach(declaration -> name(declaration).ifPresent(names::add));
        List<Declared> kept = new ArrayList<>(declared);
        kept.removeIf(before -> !before.names().isEmpty() && names.containsAll(before.names()));
        kept.add(new Declared(names, text));
        return new Document(files, modules, List.copyOf(kept), staged);
    }

    Document stage(Staged more) {
        List<Staged> all = new ArrayList<>(staged);
        all.add(more);
        return withStaged(all);
    }

    Document undo() {
        return withStaged(staged.subList(0, staged.size() - 1));
    }

    Document withStaged(List<Staged> others) {
        return new Document(files, modules, declared, List.copyOf(others));
    }

    /** What the checker reads. Uses come last, so that the first line is the first that was typed. */
    Source source() {
        StringBuilder text = new StringBuilder();
        declared.forEach(one -> text.append(one.text()).append('\n'));
        for (int i = 0; i < staged.size(); i++) {
            text.append(play(staged.get(i), "Staged " + (i + 1))).append('\n');
        }
        files.forEach(file -> text.append(use(file)).append('\n'));
        modules.forEach(module -> text.append("use ").append(module).append('\n'));
        return new Source(NAME, text.toString());
    }

    /**
     * A playbook for a file: staged tasks on the same nodes are one play. Not formatted.
     *
     * @param used the files that it uses, as this session names them
     * @param named how the playbook names each
     */
    String playbook(List<String> used, UnaryOperator<String> named) {
        StringBuilder body = new StringBuilder();
        declared.forEach(one -> body.append(one.text()).append("\n\n"));
        Set<String> titles = new HashSet<>();
        for (int i = 0; i < staged.size(); i++) {
            StringBuilder tasks = new StringBuilder(staged.get(i).text());
            while (i + 1 < staged.size() && together(staged.get(i), staged.get(i + 1))) {
                tasks.append('\n').append(staged.get(++i).text());
            }
            body.append(play(staged.get(i), tasks.toString(), titles)).append("\n\n");
        }
        StringBuilder uses = new StringBuilder();
        modules.stream()
                .filter(module -> Pattern.compile("\\b" + Pattern.quote(module) + "\\.").matcher(body).find())
                .forEach(module -> uses.append("use ").append(module).append('\n'));
        used.forEach(file -> uses.append(use(named.apply(file))).append('\n'));
        return uses + (uses.isEmpty() ? "" : "\n") + body;
    }

    private static boolean together(Staged one, Staged next) {
        return one instanceof Staged.Tasks(String nodes, String text)
                && next instanceof Staged.Tasks(String others, String more)
                && nodes.equals(others);
    }

    private static String play(Staged staged, String text, Set<String> titles) {
        return switch (staged) {
            case Staged.Play(String whole) -> whole;
            case Staged.Tasks(String nodes, String last) -> {
                String title = "On " + nodes;
                for (int again = 2; !titles.add(title); again++) {
                    title = "On " + nodes + ", part " + again;
                }
                yield play(new Staged.Tasks(nodes, text), title);
            }
        };
    }

    private static String play(Staged staged, String title) {
        return switch (staged) {
            case Staged.Play(String whole) -> whole;
            case Staged.Tasks(String nodes, String text) ->
                "play " + Shown.literal(new Value.Text(title)) + " on " + nodes + " {\n" + text + "\n}";
        };
    }

    private static String use(String file) {
        return "use " + Shown.literal(new Value.Text(file));
    }

    /** What a declaration declares: names of one kind exclude each other. Empty of what has no name. */
    private static Optional<String> name(Decl declaration) {
        return switch (declaration) {
            case Decl.TypeAlias type -> Optional.of("type " + type.name().text());
            case Decl.StructDecl struct -> Optional.of("type " + struct.name().text());
            case Decl.EnumDecl choice -> Optional.of("type " + choice.name().text());
            case Decl.KindDecl kind -> Optional.of("type " + kind.name().text());
            case Decl.LetDecl let -> Optional.of("value " + let.let().name().text());
            case Decl.FnDecl fn -> Optional.of("value " + fn.name().text());
            case Decl.FactDecl fact -> Optional.of("value " + fact.name().text());
            case Decl.NodeDecl node -> Optional.of("value " + node.name().text());
            case Decl.GroupDecl group -> Optional.of("value " + group.name().text());
            case Decl.RoleDecl role -> Optional.of("head " + role.name().text());
            case Decl.ResourceDecl resource -> Optional.of("head " + resource.name().text());
            case Decl.ActionDecl action -> Optional.of("head " + action.name().text());
            case Decl.Use use -> Optional.empty();
            case Decl.PlayDecl play -> Optional.empty();
            case Decl.RuleDecl rule -> Optional.empty();
            case Decl.TestDecl test -> Optional.empty();
            case Decl.Broken broken -> Optional.empty();
        };
    }
}
