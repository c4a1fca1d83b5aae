/** An event, put on the stream. */
@NullMarked
package crowd.core.track;

import org.jspecify.annotations.NullMarked;
