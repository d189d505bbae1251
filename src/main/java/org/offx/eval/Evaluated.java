package org.offx.eval;

import java.util.List;
import org.offx.text.Diagnostic;

/** A catalog, and what is wrong with it. What could not be evaluated is not in it. */
public record Evaluated(Catalog catalog, List<Diagnostic> diagnostics) {

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }
}
