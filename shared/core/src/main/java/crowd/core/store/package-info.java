/**
 * The table behind a port: items, conditions, outcomes. What an item means stands with the row that
 * it encodes.
 */
@NullMarked
package crowd.core.store;

import org.jspecify.annotations.NullMarked;
