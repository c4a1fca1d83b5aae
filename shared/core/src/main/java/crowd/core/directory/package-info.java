/** Finding people by the start of an id, an email or a name. */
@NullMarked
package crowd.core.directory;

import org.jspecify.annotations.NullMarked;
