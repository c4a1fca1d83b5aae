/**
 * The product at its HTTP surface: the real handlers behind the local front, on DynamoDB Local, for
 * whoever tries it out and looks at all that it stored.
 */
@NullMarked
package crowd.local.surface;

import org.jspecify.annotations.NullMarked;
