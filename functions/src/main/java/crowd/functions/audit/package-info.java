/** Checks, on a schedule, what has been derived. */
@NullMarked
package crowd.functions.audit;

import org.jspecify.annotations.NullMarked;
