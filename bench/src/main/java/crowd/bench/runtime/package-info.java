/** Processes of functions as Lambda starts them, and its Runtime API. */
@NullMarked
package crowd.bench.runtime;

import org.jspecify.annotations.NullMarked;
