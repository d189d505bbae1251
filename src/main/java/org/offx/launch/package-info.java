/** What the launcher does to a build before it runs it: class files that link at once. */
@NullMarked
package org.offx.launch;

import org.jspecify.annotations.NullMarked;
