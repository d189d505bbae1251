package org.offx.repl;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.offx.apply.Apply;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Sight.CheckedTasks;
import org.offx.check.Sight.CheckedTerm;
import org.offx.format.Format;
import org.offx.format.Formatted;
import org.offx.observe.Inventory;
import org.offx.observe.Preview.Outcome;
import org.offx.plan.ExitStatus;
import org.offx.plan.Plan;
import org.offx.plan.Report;
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

/**
 * A session at the prompt, without a terminal: one entry in, its reply out. What is declared and staged stays until the
 * session ends; an entry that is wrong changes nothing. Nodes are changed only by {@code apply}, whose question the next
 * entry answers.
 *
 * <p>Diagnostics call the place where people type {@code prompt}. Belongs to one thread at a time.
 */
public final class ReplSession implements AutoCloseable {

    private static final Reply NOTHING_STAGED =
            Reply.problem("nothing is staged: a task at the prompt, `file \"/etc/motd\" { … }`, is planned and staged");

    private final Sources sources;
    private final Outside outside;
    private final Look look;
    private final Set<String> saved = new HashSet<>();
    private Workspace workspace;
    private Place place = Place.NOWHERE;
    private Optional<Asking> asking = Optional.empty();

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
        if (asking.isPresent()) {
            return asking.get().question();
        }
        int staged = workspace.document().staged().size();
        return (place.isNowhere() ? "offx" : place.text()) + (staged == 0 ? "" : " [" + staged + "]") + "> ";
    }

    /** The entry would be right if more followed. */
    public boolean incomplete(String typed) {
        return asking.isEmpty() && Entry.of(typed).incomplete();
    }

    /** The next entry answers a question. */
    public boolean asks() {
        return asking.isPresent();
    }

    /** Takes back a question: nothing is done. */
    public void cancel() {
        asking = Optional.empty();
    }

    /** What could stand at the end of that text. */
    public List<Completion.Candidate> complete(String before) {
        return asks() ? List.of() : new Completion(workspace).of(before);
    }

    public Reply submit(String typed) {
        if (asking.isPresent()) {
            return answer(asking.get().answered(typed.strip()));
        }
        return switch (Entry.of(typed)) {
            case Entry.Blank() -> Reply.SILENT;
            case Entry.Help() -> Reply.of(Help.TEXT);
            case Entry.Quit() -> Reply.END;
            case Entry.Plan() -> plan();
            case Entry.Apply() -> apply();
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
        Arrival arrival = Arrival.at(text, place, workspace, outside, look.width());
        place = arrival.place();
        return arrival.reply();
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
        return Reply.problem(what + ": say on which first, `on NODE`").warning(Arrival.nodesThereAre(workspace));
    }

    private Reply stage(Staged staged) {
        Workspace next = Workspace.of(workspace.document().stage(staged), sources);
        if (next.hasErrors()) {
            return wrong(next.diagnostics());
        }
        Outcome outcome = new Looking(next, place, outside, look).plan();
        if (outcome instanceof Outcome.Made made) {
            if (made.evaluated().catalog().plays().getLast().nodes().stream().allMatch(node -> node.items().isEmpty())) {
                return Reply.problem("nothing is staged: this wants nothing on " + (place.isNowhere() ? "its nodes" : place.text()));
            }
            adopt(next);
        }
        return shown(outcome, true);
    }

    private Reply plan() {
        return workspace.document().staged().isEmpty()
                ? NOTHING_STAGED
                : shown(looking().plan(), false);
    }

    private Reply apply() {
        if (workspace.document().staged().isEmpty()) {
            return NOTHING_STAGED;
        }
        Outcome outcome = looking().plan();
        if (outcome instanceof Outcome.Made made && Asking.isNeeded(made.plan())) {
            asking = Optional.of(Asking.of(made));
        }
        return shown(outcome, false);
    }

    private Reply answer(Asking next) {
        asking = next.isAnswered() ? Optional.empty() : Optional.of(next);
        if (!next.isAnswered()) {
            return Reply.SILENT;
        }
        if (!next.agreed()) {
            return Reply.SILENT.warning("offx: nothing was changed\n");
        }
        return switch (outside.apply(workspace.evaluation(), next.made(), next.consents())) {
            case Apply.Outcome.Locked(var holders) -> Reply.problem("nothing was changed: somebody else applies, on "
                    + holders.stream().map(holder -> holder.node() + " " + holder.who() + " from " + holder.from()).collect(Collectors.joining(", ")));
            case Apply.Outcome.Done(Report report) -> {
                boolean done = ExitStatus.of(report) == ExitStatus.DONE;
                if (done) {
                    adopt(Workspace.of(workspace.document().withStaged(List.of()), sources));
                }
                yield new Reply(Render.report(report, Render.Format.TEXT, look.style()), "", !done, false);
            }
        };
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
                List.of(last), plan.warnings(), plan.seal());
    }

    private Reply undo() {
        List<Staged> staged = workspace.document().staged();
        if (staged.isEmpty()) {
            return NOTHING_STAGED;
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
