/** A lab of real nodes on this machine, made of kernel namespaces: for the demo, for tests, for trying things out. */
@NullMarked
package org.offx.lab;

import org.jspecify.annotations.NullMarked;
