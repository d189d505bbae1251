/** What would be done and what was done, as data: verdicts, the plan, the report. */
@NullMarked
package org.offx.plan;

import org.jspecify.annotations.NullMarked;
