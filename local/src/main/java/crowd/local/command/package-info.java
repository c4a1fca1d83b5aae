/** The commands of {@code ./crowd}. */
@NullMarked
package crowd.local.command;

import org.jspecify.annotations.NullMarked;
