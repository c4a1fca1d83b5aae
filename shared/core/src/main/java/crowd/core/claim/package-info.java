/** What a message with a user id decides: the traits of a profile, the owner of an anonymous id. */
@NullMarked
package crowd.core.claim;

import org.jspecify.annotations.NullMarked;
