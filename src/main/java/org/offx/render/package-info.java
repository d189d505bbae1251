/** Plans and reports as terminal text, Markdown and JSON: pure functions of the data, one format, one file. */
@NullMarked
package org.offx.render;

import org.jspecify.annotations.NullMarked;
