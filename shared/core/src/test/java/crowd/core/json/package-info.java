@NullMarked
package crowd.core.json;

import org.jspecify.annotations.NullMarked;
