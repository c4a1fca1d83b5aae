/** The product at its HTTP surface: the real handlers behind the local front, on DynamoDB Local. */
@NullMarked
package crowd.local.surface;

import org.jspecify.annotations.NullMarked;
