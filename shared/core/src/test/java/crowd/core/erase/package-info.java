@NullMarked
package crowd.core.erase;

import org.jspecify.annotations.NullMarked;
