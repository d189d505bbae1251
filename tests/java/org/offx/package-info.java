/** Tests of the whole house: golden files, the order of the rooms, hygiene. */
@NullMarked
package org.offx;

import org.jspecify.annotations.NullMarked;
