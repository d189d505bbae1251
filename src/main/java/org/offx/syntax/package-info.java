/** Text to tree: always a tree, with the diagnostics beside it; the only room that sees ANTLR. */
@NullMarked
package org.offx.syntax;

import org.jspecify.annotations.NullMarked;
