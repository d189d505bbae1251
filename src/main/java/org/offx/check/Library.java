package org.offx.check;

import java.util.function.Supplier;

/**
 * The standard library is part of the program, and a test has shown that there is no mistake in it. So what it declares
 * is checked only as far as somebody asks for it, and then for its types; what users write is checked whole.
 */
final class Library {

    private final Checker checker;
    private boolean told;

    Library(Checker checker) {
        this.checker = checker;
    }

    /** From here on nobody will tell the user of mistakes that are found. */
    void told() {
        told = true;
    }

    /** A part of a declaration: of the library's when somebody asks for it, of others at once. */
    <T> Lazy<T> whenAsked(Symbol symbol, Supplier<T> check) {
        Lazy<T> part = new Lazy<>(checker, () -> sound(check));
        if (!symbol.unit().isLibrary()) {
            part.get();
        }
        return part;
    }

    /** What a check gives. A mistake that nobody will be told of is one of the library's, and a bug. */
    <T> T sound(Supplier<T> check) {
        int before = checker.problems.count();
        T checked = check.get();
        if (told) {
            checker.problems.after(before).stream().filter(problem -> problem.isError()).findFirst().ifPresent(problem -> {
                throw new IllegalStateException(
                        "the standard library has a mistake: " + problem.span().place() + ": " + problem.message());
            });
        }
        return checked;
    }
}
