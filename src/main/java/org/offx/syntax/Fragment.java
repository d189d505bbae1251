package org.offx.syntax;

import java.util.List;
import java.util.Optional;
import org.offx.text.Diagnostic;
import org.offx.tree.Node;

/**
 * A piece of text that is no file: what a person types at a prompt, or gives on a command line.
 *
 * @param node a declaration, a task or an expression; empty where there is nothing or none could be recognised
 * @param incomplete what is wrong would be right if more followed: an open bracket, a text without its end
 */
public record Fragment<T extends Node>(Optional<T> node, List<Diagnostic> diagnostics, boolean incomplete) {}
