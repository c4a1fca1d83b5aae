@NullMarked
package crowd.local.faults;

import org.jspecify.annotations.NullMarked;
