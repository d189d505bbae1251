/** {@code Session}: one node, one framed POSIX shell; how a node is reached lies in the packages below. */
@NullMarked
package org.offx.remote;

import org.jspecify.annotations.NullMarked;
