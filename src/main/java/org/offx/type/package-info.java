/** Types of the language, and what each of them accepts. */
@NullMarked
package org.offx.type;

import org.jspecify.annotations.NullMarked;
