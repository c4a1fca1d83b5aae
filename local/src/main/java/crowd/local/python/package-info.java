/** Programs of Python that checks run. */
@NullMarked
package crowd.local.python;

import org.jspecify.annotations.NullMarked;
