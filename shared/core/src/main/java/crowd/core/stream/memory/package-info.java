/** The stream in memory: for tests, and for a run that keeps nothing. */
@NullMarked
package crowd.core.stream.memory;

import org.jspecify.annotations.NullMarked;
