/** What every store has to do, and what the calls of a use case cost. */
@NullMarked
package crowd.core.store;

import org.jspecify.annotations.NullMarked;
