/** What the checker accepts, what it refuses, and in which words. */
@NullMarked
package org.offx.check;

import org.jspecify.annotations.NullMarked;
