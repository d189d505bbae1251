/** Sessions at the prompt as people see them. */
@NullMarked
package org.offx.repl;

import org.jspecify.annotations.NullMarked;
