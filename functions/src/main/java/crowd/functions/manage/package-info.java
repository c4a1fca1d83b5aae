/**
 * What only a server may do with people: POST /alias, POST /users/{id}/unlink, DELETE /users/{id}.
 */
@NullMarked
package crowd.functions.manage;

import org.jspecify.annotations.NullMarked;
