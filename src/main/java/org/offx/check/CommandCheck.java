package org.offx.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Expr;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** Commands as structure: words, pipelines, probes. Refuses what a shell would read as code, and secrets as words. */
final class CommandCheck {

    /** What a probe answers. */
    static final Type.Record ANSWER = answer();

    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh", "su", "eval");
    private static final String SSH_OPTIONS_WITH_VALUE = "BbcDEeFIiJLlmOopQRSWw";

    private final Checker checker;

    CommandCheck(Checker checker) {
        this.checker = checker;
    }

    private static Type.Record answer() {
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        fields.put("out", Basic.STRING);
        fields.put("err", Basic.STRING);
        fields.put("status", Basic.INT);
        fields.put("ok", Basic.BOOL);
        return new Type.Record(fields);
    }

    Term command(Expr.Command command, Scope scope) {
        List<Term.Word> words = new ArrayList<>();
        for (Expr.Word word : command.words()) {
            words.add(word(word, scope.inCommand(true)));
        }
        shellText(words);
        return new Term.Command(command.span(), Basic.COMMAND, words);
    }

    /** A long command, put together from parts: words, and values that are words. */
    Term joined(Expr.Binary binary, Term left, Scope scope) {
        Term right = checker.exprs.infer(binary.right(), scope.inCommand(true));
        if (right.type() == Basic.COMMAND && !(left instanceof Term.Command && right instanceof Term.Command)) {
            return new Term.BuiltinCall(binary.span(), Basic.COMMAND, Builtin.ADD, List.of(left, right));
        }
        List<Term.Word> words = new ArrayList<>();
        if (right instanceof Term.Command command) {
            words.addAll(command.words());
        } else {
            words.add(word(right, scope.inCommand(true)));
        }
        if (!(left instanceof Term.Command(Span span, Type type, List<Term.Word> first))) {
            return new Term.BuiltinCall(binary.span(), Basic.COMMAND, Builtin.ADD, List.of(left, texts(right, words.getFirst())));
        }
        words.addAll(0, first);
        shellText(words);
        return new Term.Command(binary.span(), Basic.COMMAND, words);
    }

    /** The words to add: a list as it is, a single value as its text. */
    private static Term texts(Term value, Term.Word word) {
        return word.spread() ? value : new Term.Template(value.span(), Basic.STRING, word.parts());
    }

    private Term.Word word(Expr.Word word, Scope scope) {
        if (word.parts().size() == 1 && word.parts().getFirst() instanceof Expr.Hole(Span span, Expr value)) {
            return word(checker.exprs.infer(value, scope), scope);
        }
        List<Term.Part> parts = new ArrayList<>();
        for (Expr.Part part : word.parts()) {
            switch (part) {
                case Expr.TextPart(Span span, String text) -> parts.add(new Term.Literal(text));
                case Expr.Hole(Span span, Expr value) ->
                    parts.add(new Term.Hole(hole(checker.exprs.infer(value, scope), scope)));
            }
        }
        return new Term.Word(parts, false);
    }

    /** A value by itself: one word, or one for each element of a list. */
    private Term.Word word(Term term, Scope scope) {
        Optional<Type> element = spread(Types.core(term.type()));
        return element.isPresent() && !Types.isNullable(term.type())
                ? new Term.Word(List.of(new Term.Hole(elements(term, element.get(), scope))), true)
                : new Term.Word(List.of(new Term.Hole(hole(term, scope))), false);
    }

    private static Optional<Type> spread(Type type) {
        return switch (type) {
            case Type.ListOf(Type element) -> Optional.of(element);
            case Type.SetOf(Type element) -> Optional.of(element);
            default -> Optional.empty();
        };
    }

    /** Each element becomes a word of its own, so each must be able to. */
    private Term elements(Term list, Type element, Scope scope) {
        if (Types.alternatives(element).stream().anyMatch(t -> t == Basic.SIZE || t == Basic.DURATION || t == Basic.RATE)) {
            checker.problems.add(Diagnostic.error(
                            Code.UNSAFE_COMMAND, list.span(), "a command is given " + TypeNames.a(list.type()) + " without saying in which unit")
                    .note("say which unit: ${" + list.span().text() + ".map(x => x." + (element == Basic.SIZE ? "bytes" : "seconds") + "())}"));
            return Fitting.broken(list);
        }
        Term one = new Term.Const(list.span(), element, Value.Nothing.NULL);
        return Fitting.isBroken(one) || isWord(one, scope) ? list : Fitting.broken(list);
    }

    private Term hole(Term term, Scope scope) {
        return Fitting.isBroken(term) || isWord(term, scope) ? term : Fitting.broken(term);
    }

    private boolean isWord(Term term, Scope scope) {
        if (Types.nonNull(term.type()) instanceof Type.Secret) {
            checker.problems.add(Diagnostic.error(
                            Code.SECRET_LEAK, term.span(), "a secret on a command line, which every user of the node can read")
                    .note("give it to the command with `input`: run `…` input secret"));
            return false;
        }
        return checker.texts.printed(term, scope);
    }

    /** A value inside of what another shell will parse: {@code sh -c "… ${x}"}, {@code ssh host … ${x}}. */
    private void shellText(List<Term.Word> words) {
        List<String> literals = words.stream().map(CommandCheck::literal).toList();
        for (int i = 0; i + 1 < literals.size(); i++) {
            String program = literals.get(i).substring(literals.get(i).lastIndexOf('/') + 1);
            if (program.equals("eval") && i == 0) {
                refuse(words, i + 1, program);
            }
            boolean runsText = SHELLS.contains(program) && isShellOption(literals.get(i + 1));
            if (runsText && i + 2 < literals.size()) {
                refuse(words.subList(0, i + 3), i + 2, program + " -c");
            }
        }
        if (literals.getFirst().equals("ssh")) {
            refuse(words, afterDestination(literals), "ssh");
        }
    }

    /** The word if it is only text; empty otherwise. */
    private static String literal(Term.Word word) {
        StringBuilder text = new StringBuilder();
        for (Term.Part part : word.parts()) {
            switch (part) {
                case Term.Literal(String piece) -> text.append(piece);
                case Term.Hole ignored -> {
                    return "";
                }
            }
        }
        return text.toString();
    }

    private static boolean isShellOption(String word) {
        return word.startsWith("-") && !word.startsWith("--") && word.indexOf('c') > 0;
    }

    private static int afterDestination(List<String> literals) {
        int at = 1;
        while (at < literals.size() && literals.get(at).startsWith("-")) {
            String option = literals.get(at);
            boolean value = option.length() == 2 && SSH_OPTIONS_WITH_VALUE.indexOf(option.charAt(1)) >= 0;
            at += value ? 2 : 1;
        }
        return at + 1;
    }

    private void refuse(List<Term.Word> words, int from, String program) {
        for (int i = from; i < words.size(); i++) {
            for (Term.Part part : words.get(i).parts()) {
                boolean nested = words.get(i).parts().size() == 1
                        && part instanceof Term.Hole(Term term)
                        && (term.type() == Basic.COMMAND || term.type() == Basic.ERROR);
                if (part instanceof Term.Hole(Term term) && !nested) {
                    checker.problems.add(Diagnostic.error(
                                    Code.UNSAFE_COMMAND, term.span(), "`" + program + "` would read this value as code")
                            .note("a nested command is a value of its own, and is quoted as one: let inner = `…`, then ${inner}"));
                }
            }
        }
    }

    Term pipe(Expr.Pipe pipe, Scope scope) {
        List<Term> commands =
                pipe.commands().stream().map(c -> checker.exprs.check(c, Basic.COMMAND, scope)).toList();
        return new Term.Pipe(pipe.span(), Basic.COMMAND, commands);
    }

    Term probe(Expr.Probe probe, Scope scope) {
        checker.names.effect(Scope.Effect.PROBES, probe.span(), "a probe", scope);
        Term command = checker.exprs.check(probe.command(), Basic.COMMAND, scope);
        Optional<Term> on = checker.exprs.check(probe.on(), new Type.Node(""), scope);
        Optional<Term> timeout = checker.exprs.check(probe.timeout(), Basic.DURATION, scope);
        Scope answered = scope.with("it", ANSWER, probe.span());
        Optional<Term> when = checker.exprs.check(probe.when(), Basic.BOOL, answered);
        return new Term.Probe(probe.span(), ANSWER, command, on, timeout, accepted(probe.accepted()), when);
    }

    /** The statuses behind {@code or exit}, in order. */
    List<Integer> accepted(List<Expr> written) {
        return written.stream().flatMap(status -> statuses(status).boxed()).distinct().sorted().toList();
    }

    /** {@code 1}, or {@code 1..255}. */
    private IntStream statuses(Expr written) {
        OptionalInt one = status(written);
        if (one.isPresent()) {
            return IntStream.of(one.getAsInt());
        }
        if (written instanceof Expr.Binary range && range.op() == Expr.BinaryOp.RANGE) {
            OptionalInt from = status(range.left());
            OptionalInt to = status(range.right());
            if (from.isPresent() && to.isPresent() && from.getAsInt() <= to.getAsInt()) {
                return IntStream.rangeClosed(from.getAsInt(), to.getAsInt());
            }
        }
        if (!(written instanceof Expr.Missing)) {
            checker.problems.add(Diagnostic.error(Code.TYPE_MISMATCH, written.span(), "an exit status is a number from 0 to 255")
                    .note("several are written [1, 2], or [1..255]"));
        }
        return IntStream.empty();
    }

    private static OptionalInt status(Expr written) {
        return written instanceof Expr.Literal(Span span, Value.Int(long value)) && value >= 0 && value <= 255
                ? OptionalInt.of((int) value)
                : OptionalInt.empty();
    }
}
