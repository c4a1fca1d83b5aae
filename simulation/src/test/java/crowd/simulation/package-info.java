/** Whether the simulation finds nothing in the product, and finds what is planted. */
@NullMarked
package crowd.simulation;

import org.jspecify.annotations.NullMarked;
