/** Whether the oracle sees bugs that are planted in the store. */
@NullMarked
package crowd.simulation.world;

import org.jspecify.annotations.NullMarked;
