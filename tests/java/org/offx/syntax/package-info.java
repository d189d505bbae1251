/** Tests of text to tree. */
@NullMarked
package org.offx.syntax;

import org.jspecify.annotations.NullMarked;
