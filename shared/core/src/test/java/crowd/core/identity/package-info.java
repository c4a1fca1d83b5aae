@NullMarked
package crowd.core.identity;

import org.jspecify.annotations.NullMarked;
