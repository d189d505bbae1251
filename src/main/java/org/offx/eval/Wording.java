package org.offx.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.check.Term;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.value.Command;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Texts with holes, and commands, which are lists of such texts and never shell text. */
final class Wording {

    private Wording() {}

    /** A text, secret where a part of it is, unknown where a part of it is. */
    static Value value(Term.Template template, Scope scope) {
        return join(template.parts(), scope).value();
    }

    static Value value(Term.Command command, Scope scope) {
        List<String> words = new ArrayList<>();
        Optional<String> unknown = Optional.empty();
        for (Term.Word word : command.words()) {
            Optional<String> origin = word.spread()
                    ? spread(((Term.Hole) word.parts().getFirst()).value(), words, scope)
                    : single(word, words, scope);
            unknown = unknown.or(() -> origin);
        }
        if (words.isEmpty() || words.getFirst().isEmpty()) {
            throw EvalFailure.at(command.span(), "this command has no program to run");
        }
        return new Value.CommandLine(new Command(List.of(words)), unknown);
    }

    static Value value(Term.Pipe pipe, Scope scope) {
        List<List<String>> stages = new ArrayList<>();
        Optional<String> unknown = Optional.empty();
        for (Term part : pipe.commands()) {
            switch (Terms.value(part, scope)) {
                case Value.CommandLine(Command command, Optional<String> origin) -> {
                    stages.addAll(command.stages());
                    unknown = unknown.or(() -> origin);
                }
                case Value.Unknown whole -> {
                    return whole;
                }
                default -> throw new IllegalStateException("a pipe of what is no command: the checker let it through");
            }
        }
        return new Value.CommandLine(new Command(stages), unknown);
    }

    /** A command with more words behind it: those of a list, or of another command. */
    static Value joined(Value.CommandLine command, Value more, Span at) {
        List<List<String>> stages = new ArrayList<>(command.command().stages());
        List<String> last = new ArrayList<>(stages.removeLast());
        Optional<String> unknown = command.unknown();
        if (more instanceof Value.CommandLine(Command other, Optional<String> origin)) {
            last.addAll(other.stages().getFirst());
            stages.add(last);
            stages.addAll(other.stages().subList(1, other.stages().size()));
            return new Value.CommandLine(new Command(stages), unknown.or(() -> origin));
        }
        for (Value word : more instanceof Value.Text ? List.of(more) : Lists.elements(more)) {
            if (word instanceof Value.Secret) {
                throw leak(at);
            }
            last.add(Shown.text(word));
            unknown = unknown.or(() -> Unknowns.in(word).map(Value.Unknown::origin));
        }
        stages.add(last);
        return new Value.CommandLine(new Command(stages), unknown);
    }

    private static Optional<String> single(Term.Word word, List<String> words, Scope scope) {
        GrowingText text = join(word.parts(), scope);
        if (text.isSecret()) {
            throw leak(Subterms.holes(word.parts()).getFirst().span());
        }
        words.add(text.text());
        return text.origin();
    }

    private static Optional<String> spread(Term term, List<String> words, Scope scope) {
        Value value = Terms.value(term, scope);
        List<Value> elements = switch (value) {
            case Value.Items(List<Value> values) -> values;
            case Value.Group(var values) -> List.copyOf(values);
            case Value.Nothing nothing -> List.of();
            default -> List.of(value);
        };
        for (Value element : elements) {
            if (element instanceof Value.Secret) {
                throw leak(term.span());
            }
            words.add(Shown.text(element));
        }
        return Unknowns.in(elements).map(Value.Unknown::origin);
    }

    private static EvalFailure leak(Span at) {
        return new EvalFailure(Diagnostic.error(Code.SECRET_LEAK, at, "a secret on a command line, where everybody on the node can read it")
                .note("give it to the command with `input`"));
    }

    private static GrowingText join(List<Term.Part> parts, Scope scope) {
        var values = Terms.values(Subterms.holes(parts), scope).iterator();
        GrowingText text = new GrowingText();
        for (Term.Part part : parts) {
            switch (part) {
                case Term.Literal(String literal) -> text.add(literal);
                case Term.Hole(Term hole) -> {
                    Value value = values.next();
                    if (value == Value.Nothing.NULL) {
                        throw EvalFailure.at(hole.span(), "`" + hole.span().text() + "` is null here, and a text cannot hold that");
                    }
                    text.add(value);
                }
            }
        }
        return text;
    }
}
