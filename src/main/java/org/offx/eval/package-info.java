/** From a program and what nodes answer to catalogs, observations and steps; reaches nodes only through {@link org.offx.eval.Probes}. */
@NullMarked
package org.offx.eval;

import org.jspecify.annotations.NullMarked;
