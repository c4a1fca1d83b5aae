/**
 * Random histories through the whole product while the way to DynamoDB is unsteady, and what must
 * be true in the end.
 */
@NullMarked
package crowd.local.faults;

import org.jspecify.annotations.NullMarked;
