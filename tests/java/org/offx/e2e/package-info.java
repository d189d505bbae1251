/** Tests of offx as its users know it: whole commands, over real SSH, on the nodes of a lab. */
@NullMarked
package org.offx.e2e;

import org.jspecify.annotations.NullMarked;
