/** POST /reset. */
@NullMarked
package crowd.functions.reset;

import org.jspecify.annotations.NullMarked;
