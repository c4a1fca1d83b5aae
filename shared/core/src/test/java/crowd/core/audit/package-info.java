@NullMarked
package crowd.core.audit;

import org.jspecify.annotations.NullMarked;
