package org.offx.text;

/**
 * Every diagnostic has a stable code, {@code OFX} and four digits; {@code offx explain OFX0123} tells its long story
 * (a page under {@code explain/}). Families: 01 syntax, 02 names and modules, 03 types, 04 values, 05 tasks and
 * catalogs, 06 rules and tests, 07 nodes and inventory.
 */
public enum Code {
    SYNTAX(101, "the text is not offx here"),
    UNCLOSED(102, "something that was opened is never closed"),
    BAD_LITERAL(103, "a literal that is none of the language's"),
    NESTING(104, "nested too deeply"),
    RESERVED_WORD(105, "a reserved word where a name is expected"),
    MISSPELT_KEYWORD(106, "a declaration starts with an unknown word"),

    UNKNOWN_NAME(201, "a name that nothing declares"),
    DUPLICATE_NAME(202, "a name that is declared twice"),
    SHADOWED_NAME(203, "a name that hides another"),
    UNKNOWN_MODULE(204, "a module or file that cannot be found"),
    UNKNOWN_RESOURCE(205, "a resource, action or role that nothing declares"),
    UNKNOWN_TYPE(206, "a type that nothing declares"),
    AMBIGUOUS_NAME(207, "a word that could mean two things"),
    CYCLE(208, "a definition that needs itself"),

    TYPE_MISMATCH(301, "a value of another type than expected"),
    UNKNOWN_ATTRIBUTE(302, "an attribute that the schema does not have"),
    MISSING_ATTRIBUTE(303, "an attribute that must be given"),
    UNKNOWN_MEMBER(304, "a field or method that the type does not have"),
    BAD_CALL(305, "a call that does not fit the declaration"),
    WRONG_UNIT(306, "a number without its unit, or with a foreign one"),
    MAYBE_NULL(307, "a value that may be missing, used as if it were there"),
    UNKNOWN_MEMBER_OF_ENUM(308, "a word that the enum does not have"),
    DUPLICATE_ENTRY(309, "the same key given twice"),
    SECRET_LEAK(310, "a secret where it would be shown"),
    EFFECT_MISPLACED(311, "a probe or a step where none may stand"),
    UNSAFE_COMMAND(312, "an interpolation that a shell would read as code"),
    NOT_SETTABLE(313, "an attribute that cannot be set"),
    NOT_EXHAUSTIVE(314, "a match that does not cover every case"),

    REFINEMENT(401, "a value outside of what its type allows"),
    EVALUATION(402, "an expression that has no value here"),
    RECURSION(403, "a recursion that does not end"),

    DUPLICATE_TASK(501, "two tasks manage the same thing"),
    CONFLICTING_EDIT(502, "two tasks write the same file"),
    UNKNOWN_NEED(503, "a task needs something that nothing manages"),
    NEED_CYCLE(504, "tasks that need each other"),
    BAD_SETTING(505, "a play setting that is not one"),

    RULE_BROKEN(601, "a rule of the playbook is broken"),
    TEST_FAILED(602, "a test of the playbook fails"),

    MISSING_NODE_ATTRIBUTE(701, "a node lacks an attribute that is read"),
    EMPTY_NODE_SET(702, "a play that has no node"),
    UNKNOWN_NODE(703, "a node that nothing declares");

    private final int number;
    private final String title;

    Code(int number, String title) {
        this.number = number;
        this.title = title;
    }

    /** {@code OFX0123}. */
    public String id() {
        return "OFX%04d".formatted(number);
    }

    /** A few words that name the kind of mistake. */
    public String title() {
        return title;
    }
}
