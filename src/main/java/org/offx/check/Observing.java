package org.offx.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Expr;
import org.offx.type.Type;

/** What an {@code observe} gives: {@code absent}, or a record that says all that must be known (OFX0303). */
final class Observing {

    private final Checker checker;
    private final Schema schema;

    Observing(Checker checker, Schema schema) {
        this.checker = checker;
        this.schema = schema;
    }

    Term observe(Expr body, Scope scope) {
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        schema.attributes().forEach((name, attribute) -> fields.put(name, Types.optional(attribute.slot().type())));
        Type expected = new Type.Union(List.of(new Type.Record(fields), new Type.Symbol("absent")));
        Term term = checker.exprs.check(body, expected, scope);
        require(term);
        return term;
    }

    /** The fields that every outcome but {@code absent} has. */
    Map<String, Type> proven(Type outcome) {
        Map<String, Type> proven = new LinkedHashMap<>();
        boolean first = true;
        for (Type each : Types.alternatives(outcome)) {
            if (each instanceof Type.Symbol) {
                continue;
            }
            Map<String, Type> fields = fields(each);
            if (first) {
                proven.putAll(fields);
            } else {
                proven.keySet().retainAll(fields.keySet());
                fields.forEach((name, type) -> proven.computeIfPresent(name, (n, t) -> Types.isNullable(type) ? type : t));
            }
            first = false;
        }
        return proven;
    }

    private Map<String, Type> fields(Type type) {
        return switch (type) {
            case Type.Record(var fields) -> fields;
            case Type.Struct(String struct) -> checker.shapes.fieldTypes(struct);
            default -> Map.of();
        };
    }

    private void require(Term term) {
        switch (term) {
            case Term.If choice -> {
                require(choice.then());
                require(choice.otherwise());
            }
            case Term.Match match -> match.arms().forEach(arm -> require(arm.result()));
            case Term.Block block -> require(block.result());
            default -> {
                for (Type each : Types.alternatives(term.type())) {
                    if (each instanceof Type.Record || each instanceof Type.Struct) {
                        require(term.span(), fields(each).keySet());
                    }
                }
            }
        }
    }

    private void require(Span span, Set<String> given) {
        List<String> missing = schema.attributes().values().stream()
                .filter(Schema.Attribute::isObserved)
                .map(a -> a.slot().text())
                .filter(name -> !given.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            checker.problems.add(Diagnostic.error(
                            Code.MISSING_ATTRIBUTE, span, "what is observed here lacks " + Nearest.listed(missing))
                    .note("an attribute that is not there is given as null; only options and what is given `at create` may be left out"));
        }
    }
}
