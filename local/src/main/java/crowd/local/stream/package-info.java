/** The stream of the local run: an append-only log in files that outlives the process. */
@NullMarked
package crowd.local.stream;

import org.jspecify.annotations.NullMarked;
