/** What has to be true in the end, by rules of its own: nothing here uses the product's. */
@NullMarked
package crowd.simulation.oracle;

import org.jspecify.annotations.NullMarked;
