/** Blocking code that is stopped and resumed at chosen points, all of it on one thread. */
@NullMarked
package crowd.simulation.schedule;

import org.jspecify.annotations.NullMarked;
