/** Taking an anonymous id back from a user: the copies of its events leave his timeline. */
@NullMarked
package crowd.core.unlink;

import org.jspecify.annotations.NullMarked;
