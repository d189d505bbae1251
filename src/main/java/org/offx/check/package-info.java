/** Names and types: from the tree of what was written to the program that it means. */
@NullMarked
package org.offx.check;

import org.jspecify.annotations.NullMarked;
