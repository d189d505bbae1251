/** A prompt for the language: a session without a terminal, and its two faces, a terminal and a pipe. */
@NullMarked
package org.offx.repl;

import org.jspecify.annotations.NullMarked;
