/** How a use case waits, tries again, and does several things at once. */
@NullMarked
package crowd.core.run;

import org.jspecify.annotations.NullMarked;
