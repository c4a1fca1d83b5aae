@NullMarked
package crowd.local;

import org.jspecify.annotations.NullMarked;
