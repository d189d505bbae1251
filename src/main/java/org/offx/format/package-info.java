/** The canonical layout of a file: blanks, indentation and alignment; never its meaning, never its comments. */
@NullMarked
package org.offx.format;

import org.jspecify.annotations.NullMarked;
