/** The machine that offx itself runs on, as a node. */
@NullMarked
package org.offx.remote.local;

import org.jspecify.annotations.NullMarked;
