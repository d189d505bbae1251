@NullMarked
package org.offx.stdlib;

import org.jspecify.annotations.NullMarked;
