/** Figures of quality that one history cannot give: orders, repeats, tenants, wrong merges. */
@NullMarked
package crowd.simulation.check;

import org.jspecify.annotations.NullMarked;
