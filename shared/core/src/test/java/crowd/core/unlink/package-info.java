@NullMarked
package crowd.core.unlink;

import org.jspecify.annotations.NullMarked;
