/** What was decided about a user's identity, when, why, and by which message. */
@NullMarked
package crowd.core.history;

import org.jspecify.annotations.NullMarked;
