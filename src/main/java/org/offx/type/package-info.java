/** The types of the language, as data; what fits where, {@code check} decides. */
@NullMarked
package org.offx.type;

import org.jspecify.annotations.NullMarked;
