package org.offx.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.tree.Expr;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** Texts with interpolations. A text that holds a secret is a secret. */
final class TextCheck {

    private final Checker checker;

    TextCheck(Checker checker) {
        this.checker = checker;
    }

    Term template(Expr.Template template, Type expected, Scope scope) {
        Optional<String> constant = Constants.joined(template.parts());
        if (constant.isPresent()) {
            return checker.literals.text(template.span(), constant.get(), expected);
        }
        List<Term.Part> parts = new ArrayList<>();
        boolean secret = false;
        for (Expr.Part part : template.parts()) {
            switch (part) {
                case Expr.TextPart(var span, String text) -> parts.add(new Term.Literal(text));
                case Expr.Hole(var span, Expr value) -> {
                    Term term = hole(value, scope);
                    secret |= term.type() instanceof Type.Secret;
                    parts.add(new Term.Hole(term));
                }
            }
        }
        Type type = secret ? new Type.Secret(Basic.STRING) : Basic.STRING;
        return new Term.Template(template.span(), type, parts);
    }

    /** An interpolated value: something that has a text. */
    private Term hole(Expr value, Scope scope) {
        Term term = checker.exprs.infer(value, scope);
        return printed(term, scope) ? term : Fitting.broken(term);
    }

    /** Can the value stand in a text? Reported where it cannot. */
    boolean printed(Term term, Scope scope) {
        if (Types.isNullable(term.type())) {
            checker.misfits.maybeNull(term);
            return false;
        }
        if (scope.command() && !isExact(term)) {
            return false;
        }
        if (isPrintable(term.type())) {
            return true;
        }
        Diagnostic diagnostic = Diagnostic.error(
                Code.TYPE_MISMATCH, term.span(), "a text cannot hold " + TypeNames.a(term.type()));
        String written = term.span().text();
        checker.problems.add(switch (Types.core(term.type())) {
            case Type.ListOf(Type element) -> diagnostic.note("join it: ${" + written + texts(element) + ".join(\", \")}");
            case Type.SetOf(Type element) ->
                diagnostic.note("join it: ${" + written + (texts(element).isEmpty() ? ".sort()" : texts(element)) + ".join(\", \")}");
            case Basic basic when basic == Basic.JSON -> diagnostic.note("its text is ${" + written + ".text()}");
            case Type.Record(var fields) when fields.containsKey("live") ->
                diagnostic.note("it is observed twice, now and after a reboot: ${" + written + ".live}");
            case Type.Record(var fields) when fields.containsKey("out") ->
                diagnostic.note("a probe answers with a record: ${" + written + ".out} is what the command printed");
            default -> diagnostic;
        });
        return false;
    }

    private static String texts(Type element) {
        return switch (Types.core(element)) {
            case Basic basic when basic == Basic.STRING || basic == Basic.PATH -> "";
            case Type.Node ignored -> ".map(n => n.name)";
            default -> ".map(x => \"${x}\")";
        };
    }

    /** A program reads a plain number and not a unit of ours: OFX0312 unless it is said which one. */
    private boolean isExact(Term term) {
        for (Type type : Types.alternatives(term.type())) {
            String how = type instanceof Basic basic
                    ? switch (basic) {
                        case SIZE -> ".bytes()}, .kib(), .mib() or .gib()";
                        case DURATION -> ".seconds()} or .minutes()";
                        case RATE -> ".bits()} or .megabytes()";
                        default -> "";
                    }
                    : "";
            if (!how.isEmpty()) {
                checker.problems.add(Diagnostic.error(
                                Code.UNSAFE_COMMAND, term.span(), "a command is given " + TypeNames.a(type) + " without saying in which unit")
                        .note("say which unit: ${" + term.span().text() + how));
                return false;
            }
        }
        return true;
    }

    boolean isPrintable(Type type) {
        return switch (type) {
            case Basic basic -> basic != Basic.JSON && basic != Basic.NULL;
            case Type.Enum ignored -> true;
            case Type.Symbol ignored -> true;
            case Type.Node ignored -> true;
            case Type.Secret(Type inner) -> isPrintable(inner);
            case Type.Refined(String name, Type base) -> isPrintable(base);
            case Type.Prop(Type inner) -> isPrintable(inner);
            case Type.Union(List<Type> members) -> members.stream().allMatch(this::isPrintable);
            case Type.Reference ignored -> true;
            case Type.Optional ignored -> false;
            case Type.ListOf ignored -> false;
            case Type.SetOf ignored -> false;
            case Type.MapOf ignored -> false;
            case Type.Struct ignored -> false;
            case Type.Record ignored -> false;
            case Type.Function ignored -> false;
            case Type.Variable ignored -> false;
        };
    }
}
