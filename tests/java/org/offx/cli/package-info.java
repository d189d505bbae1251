/** The command line as its users meet it. */
@NullMarked
package org.offx.cli;

import org.jspecify.annotations.NullMarked;
