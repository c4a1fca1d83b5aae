@NullMarked
package crowd.local.check;

import org.jspecify.annotations.NullMarked;
