/** Traits as registers that join, so that the order of arrival does not matter. */
@NullMarked
package crowd.core.traits;

import org.jspecify.annotations.NullMarked;
