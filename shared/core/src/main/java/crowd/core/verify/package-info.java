/** Whether a browser may speak for the user that it names: the hash, the session, the modes. */
@NullMarked
package crowd.core.verify;

import org.jspecify.annotations.NullMarked;
