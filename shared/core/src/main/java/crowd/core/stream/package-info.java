/** The stream behind a port: what a request accepted, on its way to the consumer. */
@NullMarked
package crowd.core.stream;

import org.jspecify.annotations.NullMarked;
