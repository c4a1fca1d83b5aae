@NullMarked
package crowd.core.table;

import org.jspecify.annotations.NullMarked;
