@NullMarked
package org.offx.eval;

import org.jspecify.annotations.NullMarked;
