@NullMarked
package org.offx.cli;

import org.jspecify.annotations.NullMarked;
