/** offx: a statically checked, declarative language for infrastructure, and its interpreter over SSH. */
@NullMarked
package org.offx;

import org.jspecify.annotations.NullMarked;
