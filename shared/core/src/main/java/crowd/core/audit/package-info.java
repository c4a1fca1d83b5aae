/** Checks, on a sample, that what is derived is what the rules say, and mends what is not. */
@NullMarked
package crowd.core.audit;

import org.jspecify.annotations.NullMarked;
