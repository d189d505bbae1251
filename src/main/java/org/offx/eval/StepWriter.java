package org.offx.eval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.offx.check.StepTerm;
import org.offx.check.Term;
import org.offx.eval.Steps.NodeFile;
import org.offx.value.Command;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Steps as data: loops gone through, conditions decided, commands with their words, edits made on the texts of files. */
final class StepWriter {

    private final FileTexts texts;
    private final Map<NodeFile, String> edited = new HashMap<>();
    private Optional<String> awaits = Optional.empty();

    StepWriter(FileTexts texts) {
        this.texts = texts;
    }

    /** What some part of the steps so far is known after. */
    Optional<String> awaits() {
        return awaits;
    }

    /** @param node where the steps run */
    List<Step> write(List<StepTerm> terms, String node, Scope outer) {
        List<Step> steps = new ArrayList<>();
        Scope scope = outer;
        for (StepTerm term : terms) {
            Scope here = scope;
            switch (term) {
                case StepTerm.Let let -> scope = Terms.let(let.let(), here);
                case StepTerm.Run run -> steps.add(new Step.Run(
                        command(run.command(), here),
                        run.input().flatMap(input -> input(input, here)),
                        run.timeout().map(limit -> time(limit, here)),
                        run.accepted()));
                case StepTerm.Settle settle -> steps.add(new Step.Settle(command(settle.command(), here)));
                case StepTerm.Wait wait -> steps.add(new Step.Wait(command(wait.command(), here), time(wait.within(), here)));
                case StepTerm.Edit edit -> edit(edit, node, here).ifPresent(steps::add);
                case StepTerm.OnNode on -> {
                    String other = node(on, here);
                    List<Step> inner = write(on.steps(), other, here);
                    if (!inner.isEmpty()) {
                        steps.add(new Step.OnNode(other, inner));
                    }
                }
                case StepTerm.For loop -> {
                    for (Value element : elements(loop, here)) {
                        steps.addAll(write(loop.steps(), node, here.with(loop.variable(), element)));
                    }
                }
                case StepTerm.If choice -> chosen(choice, here).forEach(way -> steps.addAll(write(way, node, here)));
            }
        }
        return steps;
    }

    /** @param whole the new text does not depend on the old one */
    record Written(NodeFile file, boolean whole) {}

    /** The files that the steps would edit, without making the edits. */
    static List<Written> files(List<StepTerm> terms, String node, Scope outer) {
        List<Written> files = new ArrayList<>();
        new StepWriter((n, p) -> Optional.empty()).files(terms, node, outer, files);
        return files;
    }

    private void files(List<StepTerm> terms, String node, Scope outer, List<Written> files) {
        Scope scope = outer;
        for (StepTerm term : terms) {
            Scope here = scope;
            switch (term) {
                case StepTerm.Let let -> scope = Terms.let(let.let(), here);
                case StepTerm.Edit edit -> {
                    Value path = Terms.value(edit.path(), here);
                    if (!(path instanceof Value.Unknown)) {
                        files.add(new Written(new NodeFile(node, Shown.text(path)), !Subterms.mentions(edit.result(), edit.variable())));
                    }
                }
                case StepTerm.OnNode on -> files(on.steps(), node(on, here), here, files);
                case StepTerm.For loop -> elements(loop, here)
                        .forEach(element -> files(loop.steps(), node, here.with(loop.variable(), element), files));
                case StepTerm.If choice -> chosen(choice, here).forEach(way -> files(way, node, here, files));
                case StepTerm.Run run -> {}
                case StepTerm.Settle settle -> {}
                case StepTerm.Wait wait -> {}
            }
        }
    }

    private Optional<Step> edit(StepTerm.Edit edit, String node, Scope scope) {
        Value path = known(Terms.value(edit.path(), scope));
        NodeFile file = new NodeFile(node, Shown.text(path));
        Optional<String> before = path instanceof Value.Unknown
                ? Optional.empty()
                : Optional.ofNullable(edited.get(file)).or(() -> texts.text(node, file.path()));
        Value result = known(Terms.value(edit.result(), scope.with(edit.variable(), new Value.Text(before.orElse("")))));
        boolean secret = result instanceof Value.Secret;
        String after = Shown.text(Value.Secret.open(result));
        OptionalInt mode = edit.mode().map(term -> known(Terms.value(term, scope))).stream()
                .filter(Value.Mode.class::isInstance)
                .mapToInt(value -> ((Value.Mode) value).bits())
                .findFirst();
        Optional<String> owner = edit.owner().flatMap(term -> text(term, scope));
        Optional<String> group = edit.group().flatMap(term -> text(term, scope));
        if (before.equals(Optional.of(after)) && mode.isEmpty() && owner.isEmpty() && group.isEmpty()) {
            return Optional.empty();
        }
        edited.put(file, after);
        Optional<Command> validate = edit.validate()
                .flatMap(term -> validation(Terms.value(term, scope.with("it", new Value.Text(Step.Edit.CANDIDATE)))));
        return Optional.of(new Step.Edit(file.path(), before, after, mode, owner, group, validate, secret));
    }

    /** A command that knows the temporary path, or a function that wants to be told; null where nothing validates. */
    private Optional<Command> validation(Value value) {
        return switch (value) {
            case Value.Nothing nothing -> Optional.empty();
            case Value.Function function -> validation(function.call(List.of(new Value.Text(Step.Edit.CANDIDATE))));
            default -> Optional.of(command(value));
        };
    }

    private Command command(Term term, Scope scope) {
        return command(Terms.value(term, scope));
    }

    private Command command(Value value) {
        return switch (known(value)) {
            case Value.CommandLine(Command command, var unknown) -> command;
            case Value.Unknown(String origin, String shown) -> Command.of(shown);
            default -> throw new IllegalStateException("a step that is no command: the checker let it through");
        };
    }

    private Optional<Step.Input> input(Term term, Scope scope) {
        Value value = known(Terms.value(term, scope));
        return value == Value.Nothing.NULL
                ? Optional.empty()
                : Optional.of(new Step.Input(Shown.text(Value.Secret.open(value)), value instanceof Value.Secret));
    }

    private Optional<String> text(Term term, Scope scope) {
        Value value = known(Terms.value(term, scope));
        return value == Value.Nothing.NULL ? Optional.empty() : Optional.of(Shown.text(value));
    }

    private String node(StepTerm.OnNode on, Scope scope) {
        Value value = known(Terms.value(on.node(), scope));
        if (value == Value.Nothing.NULL) {
            throw EvalFailure.at(on.node().span(), "`" + on.node().span().text() + "` is null here, and not a node to run something on");
        }
        return Shown.text(value);
    }

    private Duration time(Term term, Scope scope) {
        return known(Terms.value(term, scope)) instanceof Value.Time(Duration time) ? time : Probing.PATIENCE;
    }

    private List<Value> elements(StepTerm.For loop, Scope scope) {
        Value in = known(Terms.value(loop.in(), scope));
        return Value.Secret.open(in) instanceof Value.Unknown ? List.of(in) : Lists.elements(in);
    }

    /** Where nobody can decide yet, both ways: the steps are an estimate then. */
    private List<List<StepTerm>> chosen(StepTerm.If choice, Scope scope) {
        Value condition = known(Terms.value(choice.condition(), scope));
        return Terms.truth(condition)
                .map(holds -> List.of(holds ? choice.then() : choice.otherwise()))
                .orElse(List.of(choice.then(), choice.otherwise()));
    }

    /** The value, after noting what of it is not known yet. */
    private Value known(Value value) {
        awaits = awaits.or(() -> Unknowns.in(value).map(Value.Unknown::origin));
        return value;
    }
}
