package org.offx.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offx.eval.ActionCall;
import org.offx.eval.Catalog;
import org.offx.eval.Task;
import org.offx.syntax.WrittenText;
import org.offx.text.Source;
import org.offx.text.Span;
import org.offx.value.Parts;
import org.offx.value.Shown;
import org.offx.value.Value;

/**
 * Where the files of a playbook say a secret in plain text. A saved plan carries these files, and must not carry secrets.
 * A secret is found where it is written as a literal, however short it is, and from {@link #TELLING} characters on wherever it
 * stands: in a comment, or in a file that a template is made from.
 */
public final class Disclosure {

    /** A text of this length does not stand somewhere by chance. */
    private static final int TELLING = 8;

    private Disclosure() {}

    /** @param sources the text of every file of the playbook, by name */
    public static List<Span> of(Catalog catalog, Map<String, String> sources) {
        Set<String> secrets = new LinkedHashSet<>();
        catalog.plays().stream()
                .flatMap(play -> play.nodes().stream())
                .flatMap(node -> node.items().stream())
                .forEach(item -> {
                    switch (item) {
                        case Catalog.TaskEntry(Task task) -> {
                            collect(task.desired().values(), secrets);
                            task.onChange().forEach(call -> collect(call.arguments(), secrets));
                        }
                        case Catalog.ActionEntry(ActionCall call) -> collect(call.arguments(), secrets);
                    }
                });
        secrets.removeIf(String::isBlank);
        List<Span> places = new ArrayList<>();
        if (!secrets.isEmpty()) {
            sources.forEach((name, text) -> place(new Source(name, text), secrets).ifPresent(places::add));
        }
        return places;
    }

    /** The first place in a file. */
    private static Optional<Span> place(Source source, Set<String> secrets) {
        if (source.name().endsWith(".offx")) {
            for (WrittenText written : WrittenText.of(source)) {
                if (secrets.stream().anyMatch(secret -> tells(written.text(), secret))) {
                    return Optional.of(written.span());
                }
            }
        }
        return secrets.stream()
                .map(String::strip)
                .filter(secret -> secret.length() >= TELLING && source.text().contains(secret))
                .map(secret -> source.span(source.text().indexOf(secret), source.text().indexOf(secret) + secret.length()))
                .findFirst();
    }

    private static boolean tells(String written, String secret) {
        String plain = secret.strip();
        return written.strip().equals(plain) || plain.length() >= TELLING && written.contains(plain);
    }

    private static void collect(Collection<Value> values, Set<String> secrets) {
        values.forEach(value -> collect(value, secrets));
    }

    private static void collect(Value value, Set<String> secrets) {
        if (value instanceof Value.Secret(Value hidden)) {
            secrets.add(Shown.text(hidden));
        } else {
            collect(Parts.of(value), secrets);
        }
    }
}
