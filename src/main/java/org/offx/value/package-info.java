/** Values and units: what expressions evaluate to, with equality by type and canonical text. */
@NullMarked
package org.offx.value;

import org.jspecify.annotations.NullMarked;
