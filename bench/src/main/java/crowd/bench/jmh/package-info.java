/** JMH, for the parts that do no I/O. */
@NullMarked
package crowd.bench.jmh;

import org.jspecify.annotations.NullMarked;
