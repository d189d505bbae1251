package org.offx.eval;

import java.util.List;
import java.util.Optional;
import org.offx.text.Diagnostic;

/**
 * What an operation would do, in order.
 *
 * @param undo what takes it back, of a guarded operation
 * @param awaits what some part of the steps is known after; such steps can be shown, not run
 * @param failure why there are no steps: an edit that cannot be made, a value that makes no sense
 */
public record Steps(List<Step> steps, List<Step> undo, Optional<String> awaits, Optional<Diagnostic> failure) {

    /** A file of a node. */
    public record NodeFile(String node, String path) {}
}
