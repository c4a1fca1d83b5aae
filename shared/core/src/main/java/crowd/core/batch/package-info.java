/** Many messages of one request. */
@NullMarked
package crowd.core.batch;

import org.jspecify.annotations.NullMarked;
