/** What the local run says to people. */
@NullMarked
package crowd.local.console;

import org.jspecify.annotations.NullMarked;
