/** Runs functions by the clock, as EventBridge does. */
@NullMarked
package crowd.local.schedule;

import org.jspecify.annotations.NullMarked;
