/** GET /users, one of them, and what he did. */
@NullMarked
package crowd.functions.users;

import org.jspecify.annotations.NullMarked;
