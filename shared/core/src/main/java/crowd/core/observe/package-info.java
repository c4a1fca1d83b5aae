/** What the use cases count, for operators. */
@NullMarked
package crowd.core.observe;

import org.jspecify.annotations.NullMarked;
