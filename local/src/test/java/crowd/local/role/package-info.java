@NullMarked
package crowd.local.role;

import org.jspecify.annotations.NullMarked;
