package org.offx.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.offx.check.Definition.PlayDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.TaskTerm;
import org.offx.check.Term;
import org.offx.eval.Answer;
import org.offx.eval.Facts;
import org.offx.eval.Observation;
import org.offx.eval.Task;
import org.offx.eval.Undecided;
import org.offx.observe.Observers;
import org.offx.observe.Preview;
import org.offx.observe.Preview.Outcome;
import org.offx.observe.SideBySide;
import org.offx.plan.Gathered;
import org.offx.plan.Plan;
import org.offx.render.Visible;
import org.offx.text.Diagnostic;
import org.offx.text.DiagnosticText;
import org.offx.text.Span;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Questions to the nodes of a place. What was read is read again by the next question. */
final class Looking {

    /** As many nodes as the commands work on at a time. */
    static final int WINDOW = 32;

    private final Workspace workspace;
    private final Place place;
    private final Outside outside;
    private final Look look;
    private final SideBySide sideBySide = new SideBySide(WINDOW);

    Looking(Workspace workspace, Place place, Outside outside, Look look) {
        this.workspace = workspace;
        this.place = place;
        this.outside = outside;
        this.look = look;
    }

    /** The value of a term, on each node of the place, once where all agree; nowhere, without a node. */
    Reply value(Term term, String type) {
        Observers observers = new Observers(outside.reader());
        Function<Optional<String>, Reply> question = node -> valueOf(
                asked(observers, () -> workspace.evaluation().value(term, node, Optional.of(observers))), type);
        return place.isNowhere() ? question.apply(Optional.empty()) : together(node -> question.apply(Optional.of(node)));
    }

    /** The names of all that there is of a resource. */
    Reply list(ResourceDef resource) {
        Observers observers = new Observers(outside.reader());
        return together(node -> switch (asked(
                observers, () -> workspace.evaluation().behaviour(Facts.UNKNOWN).list(resource, node, observers))) {
            case Answer.Known<List<Value>>(List<Value> keys) -> Reply.of(keys.isEmpty()
                    ? "there is no " + resource.name() + "\n"
                    : keys.stream().map(key -> resource.name() + " " + Visible.of(Shown.literal(key)) + "\n").sorted().collect(Collectors.joining()));
            case Answer.Unknown<List<Value>>(Undecided why) -> undecided(why, look.width());
        });
    }

    /** What is there of the things that tasks name. */
    Reply observe(List<TaskTerm> tasks, Span at) {
        PlayDef play = new PlayDef(
                "observe", at, "", false, place.term().orElseThrow(), List.of(), List.of(), List.of(), Optional.empty(), tasks);
        return switch (preview(workspace.planning(List.of(play)))) {
            case Outcome.Refused(List<Diagnostic> wrong) -> Reply.wrong(DiagnosticText.of(wrong, look.width()));
            case Outcome.Made made -> {
                // A thing of the cluster is asked of one node only.
                List<Gathered.NodeFindings> found = made.gathered().plays().stream()
                        .flatMap(one -> one.nodes().stream())
                        .filter(one -> !one.items().isEmpty())
                        .toList();
                yield same(found.stream().map(Gathered.NodeFindings::node).toList(), found.stream()
                        .map(one -> joined(one.items().stream().map(this::item).toList()))
                        .toList());
            }
        };
    }

    /** What all staged tasks would do. */
    Outcome plan() {
        return preview(workspace);
    }

    private static <T> Answer<T> asked(Observers observers, Supplier<Answer<T>> question) {
        return observers.all(List.of(question)).getFirst();
    }

    private Outcome preview(Workspace planned) {
        Preview preview = new Preview(planned.program(), planned.evaluation(), outside.reader(), sideBySide);
        Plan.Request request = new Plan.Request(List.of(), List.of(), List.of(), List.of());
        return preview.make(new Preview.Asked(Document.NAME, request, Map.of(), Optional.empty()), List.of(), outside.seal());
    }

    private Reply item(Gathered.Item item) {
        return switch (item) {
            case Gathered.Action(var call) -> Reply.problem("an action cannot be observed: " + call.name());
            case Gathered.Finding finding -> found(finding.task(), finding.state());
        };
    }

    private Reply found(Task task, Observation state) {
        return switch (state) {
            case Observation.Present(var attributes) -> Reply.of(new Pretty(look.width()).observed(task, attributes) + "\n");
            case Observation.Absent absent -> Reply.of("absent " + Visible.of(task.name()) + "\n");
            case Undecided why -> undecided(why, look.width());
        };
    }

    private Reply valueOf(Answer<Value> answer, String type) {
        return switch (answer) {
            case Answer.Known<Value>(Value value) -> Reply.of(new Pretty(look.width()).value(value)
                    + (look.types() && !type.isEmpty() ? look.quiet(" : " + type) : "") + "\n");
            case Answer.Unknown<Value>(Undecided why) -> undecided(why, look.width());
        };
    }

    static Reply undecided(Undecided why, int width) {
        return why instanceof Undecided.Failed(Diagnostic diagnostic)
                ? Reply.wrong(DiagnosticText.of(diagnostic, width))
                : Reply.problem(Visible.of(why.reason()));
    }

    private Reply together(Function<String, Reply> question) {
        Map<String, Reply> answers = new ConcurrentHashMap<>();
        sideBySide.each(place.nodes(), node -> answers.put(node, question.apply(node)));
        return same(place.nodes(), place.nodes().stream().map(answers::get).toList());
    }

    /** Answers of several nodes: each under the names of those that gave it. */
    private static Reply same(List<String> nodes, List<Reply> answers) {
        List<Reply> different = answers.stream().distinct().toList();
        if (different.size() <= 1) {
            return joined(different);
        }
        List<Reply> named = new ArrayList<>();
        for (Reply one : different) {
            String title = nodes.stream()
                    .filter(node -> answers.get(nodes.indexOf(node)).equals(one))
                    .collect(Collectors.joining(", ", "# ", "\n"));
            named.add(new Reply(one.out().isEmpty() ? "" : title + one.out(), one.err().isEmpty() ? "" : title + one.err(), one.wrong(), false));
        }
        return joined(named);
    }

    private static Reply joined(List<Reply> replies) {
        return new Reply(
                replies.stream().map(Reply::out).collect(Collectors.joining()),
                replies.stream().map(Reply::err).collect(Collectors.joining()),
                replies.stream().anyMatch(Reply::wrong),
                false);
    }
}
