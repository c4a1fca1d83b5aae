@NullMarked
package crowd.core.verify;

import org.jspecify.annotations.NullMarked;
