/** Source text, spans, diagnostics and their drawing: what every other room points with. */
@NullMarked
package org.offx.text;

import org.jspecify.annotations.NullMarked;
