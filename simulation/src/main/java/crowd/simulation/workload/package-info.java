/** What clients send, and their sending it until it is acknowledged. */
@NullMarked
package crowd.simulation.workload;

import org.jspecify.annotations.NullMarked;
