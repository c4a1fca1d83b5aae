/** An event as it is stored: the origin, and the copy in its owner's timeline. */
@NullMarked
package crowd.core.event;

import org.jspecify.annotations.NullMarked;
