package org.offx.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.offx.check.Scope.Effect;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Expr;
import org.offx.tree.PlayItem;
import org.offx.tree.TaskItem;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** Plays: nodes, settings (OFX0505), gates and tasks. */
final class PlayCheck {

    private static final SequencedMap<String, Type> SETTINGS = settings();

    private final Checker checker;

    PlayCheck(Checker checker) {
        this.checker = checker;
    }

    private static SequencedMap<String, Type> settings() {
        Type share = new Type.Union(List.of(Basic.INT, Basic.PERCENT));
        SequencedMap<String, Type> types = new LinkedHashMap<>();
        types.put("serial", Types.union(List.of(share, new Type.ListOf(share))));
        types.put("max_failures", Basic.INT);
        types.put("priority", new Type.Union(List.of(new Type.Symbol("low"), new Type.Symbol("normal"))));
        types.put("tags", new Type.ListOf(Basic.STRING));
        return types;
    }

    Definition.PlayDef play(Decl.PlayDecl decl, Unit unit) {
        Scope file = Scope.of(unit, Optional.empty());
        Term nodes = checker.nodes.members(decl.nodes(), file);
        Optional<Set<String>> known = checker.nodeSets.of(nodes, file);
        Type node = Types.core(nodes.type()) instanceof Type.SetOf(Type element) ? element : new Type.Node("");
        Scope inside = file.effect(Effect.FACTS).at(new Scope.NodeView(node, known));
        List<Definition.Setting> settings = new ArrayList<>();
        List<Definition.Require> requires = new ArrayList<>();
        List<Definition.Check> checks = new ArrayList<>();
        Optional<Definition.Together> together = Optional.empty();
        Map<String, Span> seen = new HashMap<>();
        List<TaskItem> tasks = new ArrayList<>();
        for (PlayItem item : decl.items()) {
            switch (item) {
                case PlayItem.Setting setting -> setting(setting, file, seen).ifPresent(settings::add);
                case PlayItem.Require(Span span, Expr reason, Expr condition, Optional<Expr> patience) ->
                    requires.add(new Definition.Require(
                            span,
                            checker.exprs.check(reason, Basic.STRING, inside),
                            checker.exprs.condition(condition, inside.effect(Effect.PROBES)),
                            checker.exprs.check(patience, Basic.DURATION, inside)));
                case PlayItem.Check(Span span, Expr condition) -> checks.add(new Definition.Check(
                        span, checker.exprs.condition(condition, inside.effect(Effect.PROBES))));
                case PlayItem.GuardedTogether(Span span, Expr within, Expr confirm) -> together = Optional.of(
                        new Definition.Together(
                                span,
                                checker.exprs.check(within, Basic.DURATION, inside),
                                checker.exprs.condition(confirm, inside.effect(Effect.PROBES))));
                case TaskItem task -> tasks.add(task);
            }
        }
        return new Definition.PlayDef(
                title(decl.title()), decl.span(), decl.doc(), decl.oneOf(), nodes, settings, requires, checks, together,
                checker.tasks.tasks(tasks, inside));
    }

    /** The text of a title. */
    String title(Expr written) {
        return Constants.text(written).orElseGet(() -> {
            if (!(written instanceof Expr.Missing)) {
                checker.problems.add(Diagnostic.error(
                                Code.TYPE_MISMATCH, written.span(), "a title is a text without interpolations")
                        .note("it is what plans, reports and `--limit` call it"));
            }
            return "";
        });
    }

    private Optional<Definition.Setting> setting(PlayItem.Setting setting, Scope scope, Map<String, Span> seen) {
        String name = setting.name().text();
        Type type = SETTINGS.get(name);
        if (type == null && setting.value() instanceof Expr.Missing) {
            return Optional.empty();
        }
        if (type == null) {
            Diagnostic diagnostic = Diagnostic.error(
                    Code.BAD_SETTING, setting.name().span(), "a play has no setting `" + name + "`");
            checker.problems.add(Habits.setting(name)
                    .or(() -> Nearest.of(name, SETTINGS.keySet()).map(n -> "did you mean `" + n + "`?"))
                    .map(diagnostic::note)
                    .orElse(diagnostic)
                    .note("there is " + Nearest.listed(SETTINGS.keySet())));
            return Optional.empty();
        }
        Span before = seen.putIfAbsent(name, setting.name().span());
        if (before != null) {
            checker.problems.add(Diagnostic.error(Code.DUPLICATE_ENTRY, setting.name().span(), "`" + name + "` is given twice")
                    .and(before, "first given here"));
            return Optional.empty();
        }
        Term value = checker.exprs.check(setting.value(), type, scope);
        return Optional.of(new Definition.Setting(name, setting.span(), value));
    }
}
