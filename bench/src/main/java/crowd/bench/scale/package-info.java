/** How work grows with what there is of it. */
@NullMarked
package crowd.bench.scale;

import org.jspecify.annotations.NullMarked;
