@NullMarked
package crowd.core.group;

import org.jspecify.annotations.NullMarked;
