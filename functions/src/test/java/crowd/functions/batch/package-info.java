@NullMarked
package crowd.functions.batch;

import org.jspecify.annotations.NullMarked;
