/** Who a message is about: websites, anonymous ids, user ids, and the alias between them. */
@NullMarked
package crowd.core.identity;

import org.jspecify.annotations.NullMarked;
