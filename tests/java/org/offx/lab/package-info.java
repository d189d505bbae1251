/** Tests of the lab: each raises a real one. */
@NullMarked
package org.offx.lab;

import org.jspecify.annotations.NullMarked;
