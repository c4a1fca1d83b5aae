/** How fast Crowd is, measured: {@code ./crowd bench}. */
@NullMarked
package crowd.bench;

import org.jspecify.annotations.NullMarked;
