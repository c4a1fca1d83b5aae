/** Signatures that only who holds a key can make. */
@NullMarked
package crowd.core.hmac;

import org.jspecify.annotations.NullMarked;
