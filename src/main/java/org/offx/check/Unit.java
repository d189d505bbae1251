package org.offx.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.check.Names.Space;
import org.offx.text.Source;
import org.offx.text.Span;
import org.offx.tree.SourceFile;

/** One loaded file: its tree, the module that it is a part of, and the names that it declares and sees. */
final class Unit {

    /** The module that every file sees without {@code use}. */
    static final String PRELUDE = "base";

    /** A file whose declarations are visible here as if they were written here. */
    record Merged(Unit unit, Span span) {}

    private final SourceFile tree;
    private final Optional<String> module;
    private final Names own = new Names();
    private final Names visible = new Names();
    private final List<Merged> merged = new ArrayList<>();
    private final SequencedMap<String, Unit> aliases = new LinkedHashMap<>();

    /** @param module the module of the standard library that the file is, or is a part of; empty for a user's own file */
    Unit(SourceFile tree, Optional<String> module) {
        this.tree = tree;
        this.module = module;
    }

    SourceFile tree() {
        return tree;
    }

    Source source() {
        return tree.source();
    }

    Optional<String> module() {
        return module;
    }

    /** Is it a part of the standard library, or a user's own file? */
    boolean isLibrary() {
        return module.isPresent();
    }

    boolean isPrelude() {
        return module.isPresent() && module.get().equals(PRELUDE);
    }

    /** What this file itself declares. */
    Names own() {
        return own;
    }

    /** What may be written here without a module's name; the prelude comes on top of it. */
    Names visible() {
        return visible;
    }

    List<Merged> merged() {
        return merged;
    }

    /** Modules and files that are used under a name. */
    SequencedMap<String, Unit> aliases() {
        return aliases;
    }

    /** A name of the module or file that is used here as {@code alias}. */
    Optional<Symbol> qualified(String alias, Space space, String name) {
        Unit target = aliases.get(alias);
        return target == null ? Optional.empty() : target.visible().find(space, name);
    }
}
