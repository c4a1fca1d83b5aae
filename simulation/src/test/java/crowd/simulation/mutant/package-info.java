/** Whether mutants are what they say, and are found. */
@NullMarked
package crowd.simulation.mutant;

import org.jspecify.annotations.NullMarked;
