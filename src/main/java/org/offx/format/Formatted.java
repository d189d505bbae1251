package org.offx.format;

import java.util.List;
import org.offx.text.Diagnostic;

/** What formatting a file gives. */
public sealed interface Formatted {

    /** The canonical text; equal to what was given where that was canonical already. */
    record Text(String text) implements Formatted {}

    /** The file has syntax errors, and is left alone. */
    record Refused(List<Diagnostic> diagnostics) implements Formatted {}
}
