/** Programs that look at pages as people do: crawlers, previews, monitors. */
@NullMarked
package crowd.core.bot;

import org.jspecify.annotations.NullMarked;
