package org.offx.repl;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Sight.CheckedTasks;
import org.offx.check.Sight.CheckedTerm;
import org.offx.eval.Answer;
import org.offx.format.Format;
import org.offx.format.Formatted;
import org.offx.observe.Inventory;
import org.offx.observe.Preview.Outcome;
import org.offx.observe.SideBySide;
import org.offx.plan.Plan;
import org.offx.render.Render;
import org.offx.repl.Document.Staged;
import org.offx.syntax.Fragment;
import org.offx.syntax.Syntax;
import org.offx.text.Diagnostic;
import org.offx.text.DiagnosticText;
import org.offx.text.Source;
import org.offx.text.Sources;
import org.offx.tree.Decl;
import org.offx.tree.Expr;
import org.offx.tree.Node;
import org.offx.tree.SourceFile;
import org.offx.tree.TaskItem;
import org.offx.value.Shown;
import org.offx.value.Value;

/**
 * A session at the prompt, without a terminal: one entry in, its reply out. What is declared and staged stays until the
 * session ends; an entry that is wrong changes nothing. Changes nothing on any node.
 *
 * <p>Diagnostics call the place where people type {@code prompt}. Belongs to one thread at a time.
 */
public final class ReplSession implements AutoCloseable {

    private static final int NAMED = 12;

    private final Sources sources;
    private final Outside outside;
    private final Look look;
    private final Set<String> saved = new HashSet<>();
    private Workspace workspace;
    private Place place = Place.NOWHERE;

    /** @param files playbooks whose declarations the session sees, by name; their plays are not part of it */
    public ReplSession(List<String> files, Sources sources, Outside outside, Look look) {
        this.sources = sources;
        this.outside = outside;
        this.look = look;
        this.workspace = Workspace.of(Document.of(files, Workspace.modules(files, sources)), sources);
        outside.inventory(inventory());
    }

    /** What is wrong with the files that the session began with, and worth a warning in them. */
    public Reply opening() {
        String drawn = drawn(workspace.diagnostics());
        return new Reply("", drawn, workspace.hasErrors(), workspace.hasErrors());
    }

    /** What stands before the next entry: where one is, and how much is staged. */
    public String prompt() {
        int staged = workspace.document().staged().size();
        return (place.isNowhere() ? "offx" : place.text()) + (staged == 0 ? "" : " [" + staged + "]") + "> ";
    }

    /** The entry would be right if more followed. */
    public boolean incomplete(String typed) {
        return Entry.of(typed).incomplete();
    }

    /** What could stand at the end of that text. */
    public List<Completion.Candidate> complete(String before) {
        return new Completion(workspace).of(before);
    }

    public Reply submit(String typed) {
        return switch (Entry.of(typed)) {
            case Entry.Blank() -> Reply.SILENT;
            case Entry.Help() -> Reply.of(Help.TEXT);
            case Entry.Quit() -> Reply.END;
            case Entry.Plan() -> plan();
            case Entry.Apply() -> Reply.problem(
                    "nothing is applied from the prompt yet: `save FILE` writes what is staged as a playbook for `offx apply FILE`");
            case Entry.Undo() -> undo();
            case Entry.Clear() -> clear();
            case Entry.Save(String file) -> save(file);
            case Entry.On(String nodes) -> nodes.isEmpty() ? leave() : on(nodes);
            case Entry.Observe(String task) -> observe(task);
            case Entry.TypeOf(String expression) -> typeOf(expression);
            case Entry.NoWord(String word) -> Reply.problem("there is no `" + word + "`; `help` says what there is");
            case Entry.Language(String text) -> language(text);
        };
    }

    @Override
    public void close() {
        outside.close();
    }

    // The language.

    private Reply language(String text) {
        Source source = Entry.source(text);
        Fragment<Node> read = Syntax.item(source);
        if (hasErrors(read.diagnostics())) {
            return wrong(read.diagnostics());
        }
        if (read.node().isEmpty()) {
            return Reply.SILENT;
        }
        return switch (read.node().get()) {
            case Decl.PlayDecl play -> stage(new Staged.Play(text));
            case Decl declaration -> declare(List.of(declaration), text);
            case SourceFile file -> declare(file.declarations(), text);
            case TaskItem task -> task(task, text);
            case Expr expression -> expression(expression, source);
            default -> throw new IllegalStateException("neither declaration, task nor expression: " + text);
        };
    }

    private Reply declare(List<Decl> declarations, String text) {
        if (declarations.stream().anyMatch(Decl.PlayDecl.class::isInstance)) {
            return Reply.problem("a play is entered by itself, without other declarations: it is staged");
        }
        Workspace next = Workspace.of(workspace.document().declare(declarations, text), sources);
        if (next.hasErrors()) {
            return wrong(next.diagnostics());
        }
        String warnings = drawn(next.since(workspace));
        adopt(next);
        return Reply.SILENT.warning(warnings);
    }

    /** What reads as an expression and is none may be the call of an action or a role. */
    private Reply expression(Expr expression, Source source) {
        CheckedTerm checked = workspace.sight().expression(expression, Map.of());
        if (!hasErrors(checked.diagnostics())) {
            return looking().value(checked.term(), workspace.sight().name(checked.term().type())).warning(drawn(checked.diagnostics()));
        }
        Fragment<TaskItem> task = Syntax.task(source);
        boolean isTask = task.node().isPresent()
                && task.diagnostics().isEmpty()
                && task.node().get() instanceof TaskItem.Task call
                && workspace.sight().heads().contains(call.resource().text());
        return isTask ? task(task.node().get(), source.text()) : wrong(checked.diagnostics());
    }

    private Reply typeOf(String text) {
        Source source = Entry.source(text);
        Fragment<Expr> read = Syntax.expression(source);
        if (text.isEmpty()) {
            return Reply.problem(":type says what type an expression has: `:type 20TiB`");
        }
        if (hasErrors(read.diagnostics()) || read.node().isEmpty()) {
            return wrong(read.diagnostics());
        }
        CheckedTerm checked = workspace.sight().expression(read.node().get(), Map.of());
        return hasErrors(checked.diagnostics())
                ? wrong(checked.diagnostics())
                : Reply.of(workspace.sight().name(checked.term().type()) + "\n");
    }

    // Where one is.

    private Reply leave() {
        place = Place.NOWHERE;
        return Reply.SILENT;
    }

    private Reply on(String text) {
        Fragment<Expr> read = Syntax.expression(Entry.source(text));
        if (hasErrors(read.diagnostics()) || read.node().isEmpty()) {
            return wrong(read.diagnostics());
        }
        CheckedTerm checked = workspace.sight().expression(read.node().get(), Map.of());
        if (hasErrors(checked.diagnostics())) {
            return wrong(checked.diagnostics()).warning(nodesThereAre());
        }
        return switch (workspace.evaluation().value(checked.term(), Optional.empty(), Optional.empty())) {
            case Answer.Unknown<Value> unknown -> Reply.problem(unknown.why().reason());
            case Answer.Known<Value>(Value value) -> {
                Optional<List<String>> nodes = Place.nodes(value);
                yield nodes.isEmpty() || nodes.get().isEmpty()
                        ? Reply.problem("`on` takes a node or a group, and `" + text + "` is " + (nodes.isEmpty() ? "none" : "empty"))
                                .warning(nodesThereAre())
                        : enter(new Place(text, Optional.of(checked.term()), nodes.get()));
            }
        };
    }

    /** Reached as a whole or in part: what cannot be reached is told, and planned as unreachable. */
    private Reply enter(Place there) {
        ConcurrentHashMap<String, String> unreached = new ConcurrentHashMap<>();
        new SideBySide(there.nodes().size())
                .each(there.nodes(), node -> outside.connect(node).ifPresent(why -> unreached.put(node, why)));
        String why = there.nodes().stream()
                .filter(unreached::containsKey)
                .map(node -> "offx: " + unreached.get(node) + "\n")
                .collect(Collectors.joining());
        if (unreached.size() < there.nodes().size()) {
            place = there;
        }
        return new Reply("", why, !unreached.isEmpty(), false);
    }

    private String nodesThereAre() {
        List<String> names = List.copyOf(workspace.program().nodes().keySet());
        return names.isEmpty()
                ? "      no node is declared: `offx repl FILE` brings those of a playbook\n"
                : "      the nodes are " + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                        + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "") + "\n";
    }

    // What is there.

    private Reply observe(String text) {
        if (text.isEmpty()) {
            return Reply.problem("observe what? `observe file \"/etc/motd\"` shows one thing, `observe zfs.dataset` lists all");
        }
        Fragment<TaskItem> read = Syntax.task(Entry.source(text));
        if (hasErrors(read.diagnostics()) || read.node().isEmpty()) {
            return wrong(read.diagnostics());
        }
        if (!(read.node().get() instanceof TaskItem.Task task)) {
            return Reply.problem("one resource is observed at a time: `observe file \"/etc/motd\"`");
        }
        Optional<ResourceDef> resource = Completion.resource(workspace, task.resource().text());
        boolean all = task.key().isEmpty() && task.arguments().isEmpty() && resource.filter(r -> !r.key().isEmpty()).isPresent();
        CheckedTasks checked = all ? new CheckedTasks(List.of(), List.of()) : workspace.sight().tasks(List.of(toLookAt(task)), Map.of());
        if (hasErrors(checked.diagnostics())) {
            return wrong(checked.diagnostics());
        }
        if (place.isNowhere()) {
            return nowhere("nothing can be observed");
        }
        return all ? looking().list(resource.orElseThrow()) : looking().observe(checked.tasks(), task.span());
    }

    /** Only what is wanted to be there must have every attribute; what is merely looked at need have none. */
    private static TaskItem.Task toLookAt(TaskItem.Task task) {
        TaskItem.Modifier modifier = task.body().isEmpty() ? TaskItem.Modifier.ABSENT : TaskItem.Modifier.WATCH;
        return new TaskItem.Task(
                task.span(), Optional.of(modifier), task.resource(), task.key(), task.arguments(), task.body());
    }

    // What is staged.

    private Reply task(TaskItem task, String text) {
        CheckedTasks checked = workspace.sight().tasks(List.of(task), Map.of());
        if (hasErrors(checked.diagnostics())) {
            return wrong(checked.diagnostics());
        }
        return place.isNowhere() ? nowhere("a task is planned on a node") : stage(new Staged.Tasks(place.text(), text.strip()));
    }

    private Reply nowhere(String what) {
        return Reply.problem(what + ": say on which first, `on NODE`").warning(nodesThereAre());
    }

    private Reply stage(Staged staged) {
        Workspace next = Workspace.of(workspace.document().stage(staged), sources);
        if (next.hasErrors()) {
            return wrong(next.diagnostics());
        }
        Outcome outcome = new Looking(next, place, outside, look).plan();
        if (outcome instanceof Outcome.Made) {
            adopt(next);
        }
        return shown(outcome, true);
    }

    private Reply plan() {
        return workspace.document().staged().isEmpty()
                ? Reply.problem("nothing is staged: a task at the prompt, `file \"/etc/motd\" { … }`, is planned and staged")
                : shown(looking().plan(), false);
    }

    private Reply shown(Outcome outcome, boolean lastOnly) {
        return switch (outcome) {
            case Outcome.Refused(List<Diagnostic> diagnostics) -> wrong(diagnostics);
            case Outcome.Made made -> Reply.of(Render.plan(lastOnly ? last(made.plan()) : made.plan(), Render.Format.TEXT, look.style()))
                    .warning(drawn(made.evaluated().diagnostics()));
        };
    }

    /** The part of a plan that the last play is, judged together with the plays before it. */
    private static Plan last(Plan plan) {
        if (plan.plays().isEmpty()) {
            return plan;
        }
        Plan.PlayPlan last = plan.plays().getLast();
        Set<String> nodes = last.nodes().stream().map(Plan.NodePlan::node).collect(Collectors.toSet());
        return new Plan(
                plan.title(), plan.request(), plan.sources(),
                plan.nodes().stream().filter(node -> nodes.contains(node.name())).toList(),
                List.of(last), plan.warnings());
    }

    private Reply undo() {
        List<Staged> staged = workspace.document().staged();
        if (staged.isEmpty()) {
            return Reply.problem("nothing is staged");
        }
        adopt(Workspace.of(workspace.document().undo(), sources));
        return Reply.of("dropped: " + staged.getLast().text() + "\n");
    }

    private Reply clear() {
        adopt(Workspace.of(workspace.document().withStaged(List.of()), sources));
        return Reply.SILENT;
    }

    private Reply save(String file) {
        if (file.isEmpty()) {
            return Reply.problem("save to which file? `save vrack.offx`");
        }
        if (workspace.document().staged().isEmpty() && workspace.document().declared().isEmpty()) {
            return Reply.problem("there is nothing to save: nothing is declared or staged");
        }
        String text = workspace.playbook(other -> outside.named(other, file));
        try {
            outside.save(file, Format.source(new Source(file, text)) instanceof Formatted.Text(String formatted) ? formatted : text, saved.contains(file));
        } catch (FileAlreadyExistsException there) {
            return Reply.problem(file + " is there already, and is left alone: save under another name");
        } catch (IOException broken) {
            return Reply.problem(file + " cannot be written: " + broken.getMessage());
        }
        saved.add(file);
        return Reply.of("saved as " + file + "\n");
    }

    // What all do.

    private void adopt(Workspace next) {
        workspace = next;
        outside.inventory(inventory());
    }

    private Inventory inventory() {
        return new Inventory(workspace.program(), workspace.evaluation());
    }

    private Looking looking() {
        return new Looking(workspace, place, outside, look);
    }

    private static boolean hasErrors(List<Diagnostic> diagnostics) {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }

    private Reply wrong(List<Diagnostic> diagnostics) {
        return Reply.wrong(drawn(diagnostics));
    }

    private String drawn(List<Diagnostic> diagnostics) {
        return DiagnosticText.of(diagnostics, look.width());
    }
}
