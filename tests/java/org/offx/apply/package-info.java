@NullMarked
package org.offx.apply;

import org.jspecify.annotations.NullMarked;
