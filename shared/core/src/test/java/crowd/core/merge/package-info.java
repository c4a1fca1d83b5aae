@NullMarked
package crowd.core.merge;

import org.jspecify.annotations.NullMarked;
