/** HTTP on plain sockets of loopback: what answers must not take time of its own. */
@NullMarked
package crowd.bench.wire;

import org.jspecify.annotations.NullMarked;
