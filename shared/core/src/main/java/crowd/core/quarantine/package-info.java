/** Records of the stream that could not be used: kept, looked at, tried again. */
@NullMarked
package crowd.core.quarantine;

import org.jspecify.annotations.NullMarked;
