package org.offx.tree;

import java.util.List;
import java.util.stream.Collectors;
import org.offx.text.Span;

/** A dotted name: {@code zfs.dataset}. */
public record Path(Span span, List<Name> parts) implements Node {
    /** The parts with dots between them. */
    public String text() {
        return parts.stream().map(Name::text).collect(Collectors.joining("."));
    }
}
