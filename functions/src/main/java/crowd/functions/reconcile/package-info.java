/** Finishes, on a schedule, what waits too long. */
@NullMarked
package crowd.functions.reconcile;

import org.jspecify.annotations.NullMarked;
