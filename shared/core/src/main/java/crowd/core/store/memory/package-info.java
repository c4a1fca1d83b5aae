/** The table in memory: what the use cases are tested on, with the faults of the real one. */
@NullMarked
package crowd.core.store.memory;

import org.jspecify.annotations.NullMarked;
