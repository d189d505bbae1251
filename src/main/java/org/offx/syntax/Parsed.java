package org.offx.syntax;

import java.util.List;
import org.offx.text.Diagnostic;
import org.offx.tree.SourceFile;

/** A file as it was read: always a tree, and beside it what is wrong with the text, in its order. */
public record Parsed(SourceFile file, List<Diagnostic> diagnostics) {}
