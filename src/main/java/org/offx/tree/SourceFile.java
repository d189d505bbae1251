package org.offx.tree;

import java.util.List;
import org.offx.text.Source;
import org.offx.text.Span;

/** One file: its declarations in order. Broken ones are among them, so that the rest can still be checked. */
public record SourceFile(Span span, Source source, List<Decl> declarations) implements Node {}
