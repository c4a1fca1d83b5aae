/**
 * The product's own use cases, run on a store and a stream that fail, on a schedule that a seed
 * decides.
 */
@NullMarked
package crowd.simulation;

import org.jspecify.annotations.NullMarked;
