/** Carrying a plan out: order, batches, locks, guarded changes, reading back; what came of it is a {@code Report}. */
@NullMarked
package org.offx.apply;

import org.jspecify.annotations.NullMarked;
