/** POST /track. */
@NullMarked
package crowd.functions.track;

import org.jspecify.annotations.NullMarked;
