@NullMarked
package crowd.core.message;

import org.jspecify.annotations.NullMarked;
