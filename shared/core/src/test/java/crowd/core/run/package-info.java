@NullMarked
package crowd.core.run;

import org.jspecify.annotations.NullMarked;
