package org.offx.check;

import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Name;

/** A declaration that can be referred to. Two symbols are the same only if they are the same object. */
final class Symbol {

    private final String name;
    private final Unit unit;
    private final Name declared;
    private final Decl decl;

    Symbol(String name, Unit unit, Name declared, Decl decl) {
        this.name = name;
        this.unit = unit;
        this.declared = declared;
        this.decl = decl;
    }

    /** The qualified name, unique among declarations of its kind. */
    String name() {
        return name;
    }

    /** The file that declares it. */
    Unit unit() {
        return unit;
    }

    Decl decl() {
        return decl;
    }

    /** Where its name stands in the declaration. */
    Span span() {
        return declared.span();
    }

    /** What its own file calls it. */
    String simple() {
        return declared.text();
    }

    @Override
    public String toString() {
        return name;
    }
}
