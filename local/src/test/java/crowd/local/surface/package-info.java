@NullMarked
package crowd.local.surface;

import org.jspecify.annotations.NullMarked;
