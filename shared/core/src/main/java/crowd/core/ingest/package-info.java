/** Taking messages in: decide what has to be decided now, then put the rest on the stream. */
@NullMarked
package crowd.core.ingest;

import org.jspecify.annotations.NullMarked;
