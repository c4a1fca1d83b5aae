/** Reads the stream. */
@NullMarked
package crowd.functions.consumer;

import org.jspecify.annotations.NullMarked;
