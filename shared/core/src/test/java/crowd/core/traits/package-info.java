@NullMarked
package crowd.core.traits;

import org.jspecify.annotations.NullMarked;
