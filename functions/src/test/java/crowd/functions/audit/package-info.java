@NullMarked
package crowd.functions.audit;

import org.jspecify.annotations.NullMarked;
