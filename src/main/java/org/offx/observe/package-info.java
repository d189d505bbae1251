/** Reading nodes: what many observers ask at once travels in one round trip; and recorded state, which answers without any node. */
@NullMarked
package org.offx.observe;

import org.jspecify.annotations.NullMarked;
