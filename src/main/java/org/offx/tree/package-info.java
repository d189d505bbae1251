/** Syntax nodes: what was written, each with its span, and no behaviour. */
@NullMarked
package org.offx.tree;

import org.jspecify.annotations.NullMarked;
