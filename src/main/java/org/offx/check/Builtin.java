package org.offx.check;

/** The functions, methods and operators that the language is born with. The checker knows their signatures, the evaluator what they do. */
public enum Builtin {
    ADD
}
