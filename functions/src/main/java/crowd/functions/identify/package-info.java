/** POST /identify. */
@NullMarked
package crowd.functions.identify;

import org.jspecify.annotations.NullMarked;
