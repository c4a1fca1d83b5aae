/**
 * The cloud as far as the use cases see it: a store, a stream, invocations, clocks, and what goes
 * wrong.
 */
@NullMarked
package crowd.simulation.world;

import org.jspecify.annotations.NullMarked;
