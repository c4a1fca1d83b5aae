/** From the start of a process to its first answer. */
@NullMarked
package crowd.bench.cold;

import org.jspecify.annotations.NullMarked;
