/** What was left half done is found and finished. */
@NullMarked
package crowd.core.reconcile;

import org.jspecify.annotations.NullMarked;
