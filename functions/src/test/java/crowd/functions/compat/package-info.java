@NullMarked
package crowd.functions.compat;

import org.jspecify.annotations.NullMarked;
