package org.offx.check;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Definitions of one kind by qualified name, in the order of their declarations. One is checked when somebody first asks
 * for it: a playbook uses a small part of the standard library. Looking at all of them checks all of them. Safe to ask from
 * many threads; the checker works for one at a time.
 *
 * @param <S> what is declared
 * @param <D> what it is once it is checked
 */
final class Definitions<S, D> extends AbstractMap<String, D> {

    private final Checker checker;
    private final Map<String, S> declared;
    private final Function<S, D> define;
    private final Runnable more;
    private final Map<String, D> defined = new HashMap<>();

    /**
     * @param declared may still grow
     * @param more brings up the declarations that nobody has asked for
     */
    Definitions(Checker checker, Map<String, S> declared, Function<S, D> define, Runnable more) {
        this.checker = checker;
        this.declared = declared;
        this.define = define;
        this.more = more;
    }

    /** Checks those that are meant; and those that come up meanwhile. */
    void check(Predicate<S> which) {
        synchronized (checker) {
            int before;
            do {
                before = declared.size();
                List.copyOf(declared.entrySet()).stream().filter(e -> which.test(e.getValue())).forEach(e -> get(e.getKey()));
            } while (declared.size() > before);
        }
    }

    void checkAll() {
        synchronized (checker) {
            more.run();
            check(any -> true);
        }
    }

    @Override
    public @Nullable D get(Object name) {
        synchronized (checker) {
            S declaration = declared.get(name);
            if (declaration == null) {
                return null;
            }
            D known = defined.get(name);
            if (known == null) {
                known = checker.library.sound(() -> define.apply(declaration));
                defined.put((String) name, known);
            }
            return known;
        }
    }

    @Override
    public boolean containsKey(Object name) {
        return declared.containsKey(name);
    }

    @Override
    public int size() {
        return declared.size();
    }

    /** The names alone; nothing is checked for them. */
    @Override
    public Set<String> keySet() {
        return Collections.unmodifiableSet(declared.keySet());
    }

    @Override
    public Set<Entry<String, D>> entrySet() {
        checkAll();
        Map<String, D> all = LinkedHashMap.newLinkedHashMap(declared.size());
        declared.keySet().forEach(name -> all.put(name, get(name)));
        return Collections.unmodifiableMap(all).entrySet();
    }
}
