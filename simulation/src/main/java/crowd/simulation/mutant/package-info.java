/**
 * Bugs that are planted on purpose, each in a copy of the product that nothing else sees: what the
 * simulation does not find in them, it would not find in the product.
 */
@NullMarked
package crowd.simulation.mutant;

import org.jspecify.annotations.NullMarked;
