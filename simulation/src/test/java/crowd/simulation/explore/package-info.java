/** Whether the search finds nothing in the product, and finds what is planted. */
@NullMarked
package crowd.simulation.explore;

import org.jspecify.annotations.NullMarked;
