package org.offx.check;

import java.util.List;
import java.util.Optional;
import org.offx.tree.Decl;
import org.offx.tree.Entry;
import org.offx.tree.Expr;

/** Whether an expression, as written, uses a name. Since no name hides another, it needs no scopes to tell. */
final class Mentions {

    private final String name;

    private Mentions(String name) {
        this.name = name;
    }

    static boolean of(String name, Expr expr) {
        return new Mentions(name).in(expr);
    }

    private boolean in(Expr expr) {
        return switch (expr) {
            case Expr.Literal ignored -> false;
            case Expr.Missing ignored -> false;
            case Expr.Implied ignored -> false;
            case Expr.Ref ref -> ref.name().equals(name);
            case Expr.Template template -> template.parts().stream().anyMatch(this::part);
            case Expr.Command command -> command.words().stream().flatMap(word -> word.parts().stream()).anyMatch(this::part);
            case Expr.Pipe pipe -> any(pipe.commands());
            case Expr.Member member -> in(member.target());
            case Expr.Call call -> in(call.target()) || any(call.arguments().stream().map(Expr.Arg::value).toList());
            case Expr.Index index -> in(index.target()) || in(index.index());
            case Expr.Unary unary -> in(unary.operand());
            case Expr.Binary binary -> in(binary.left()) || in(binary.right());
            case Expr.As as -> in(as.value());
            case Expr.If choice -> in(choice.condition()) || in(choice.then()) || in(choice.otherwise());
            case Expr.Match match -> in(match.target()) || match.arms().stream().anyMatch(this::arm);
            case Expr.Lambda lambda -> in(lambda.body());
            case Expr.Quantifier all -> in(all.in()) || in(all.condition());
            case Expr.ListOf list -> list.elements().stream().anyMatch(e -> in(e.value()) || in(e.condition()));
            case Expr.ListComp list -> in(list.in()) || in(list.element()) || in(list.condition());
            case Expr.Braces braces -> braces.entries().stream().anyMatch(this::entry);
            case Expr.MapComp map -> in(map.in()) || in(map.key()) || in(map.value()) || in(map.condition());
            case Expr.Block block -> any(block.lets().stream().map(Decl.Let::value).toList()) || in(block.result());
            case Expr.Probe probe -> in(probe.command()) || in(probe.on()) || in(probe.timeout()) || any(probe.accepted()) || in(probe.when());
            case Expr.Parens parens -> in(parens.inner());
        };
    }

    private boolean in(Optional<Expr> expr) {
        return expr.isPresent() && in(expr.get());
    }

    private boolean any(List<Expr> exprs) {
        return exprs.stream().anyMatch(this::in);
    }

    private boolean part(Expr.Part part) {
        return switch (part) {
            case Expr.TextPart ignored -> false;
            case Expr.Hole hole -> in(hole.value());
        };
    }

    private boolean arm(Expr.Arm arm) {
        return in(arm.result())
                || arm.patterns().stream().anyMatch(pattern -> pattern instanceof Expr.ValuePattern value && in(value.value()));
    }

    private boolean entry(Entry entry) {
        return switch (entry) {
            case Entry.Labelled labelled -> in(labelled.value());
            case Entry.Keyed keyed -> in(keyed.key()) || in(keyed.value());
            case Entry.Shorthand shorthand -> shorthand.name().text().equals(name);
            case Entry.Spread spread -> in(spread.value());
        };
    }
}
