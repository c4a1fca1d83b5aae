/** The weakest link of all: which browsers were seen over which connection. */
@NullMarked
package crowd.core.fingerprint;

import org.jspecify.annotations.NullMarked;
