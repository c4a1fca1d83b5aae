/** Removing a person: at once for readers, then from the table, and for good. */
@NullMarked
package crowd.core.erase;

import org.jspecify.annotations.NullMarked;
