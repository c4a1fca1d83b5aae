/** One person: the row, the links, the timeline, and how they are read. */
@NullMarked
package crowd.core.profile;

import org.jspecify.annotations.NullMarked;
