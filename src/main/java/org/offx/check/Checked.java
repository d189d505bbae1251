package org.offx.check;

import java.util.List;
import org.offx.text.Diagnostic;

/**
 * A program, and all that is wrong with it. The program is complete even then: what was wrong stands in it as something
 * that fits everywhere, so that it can be shown; it is evaluated only without errors.
 *
 * @param diagnostics of all files, parsing included, by file and place
 * @param sight what the root files see, to check more in their place
 */
public record Checked(Program program, List<Diagnostic> diagnostics, Sight sight) {

    public Checked {
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }
}
