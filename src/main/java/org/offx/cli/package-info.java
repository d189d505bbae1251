/** The command line: what the user asks for, said to the rooms that know how. */
@NullMarked
package org.offx.cli;

import org.jspecify.annotations.NullMarked;
