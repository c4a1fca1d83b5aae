/** Processor time of calls of processes that have long been running. */
@NullMarked
package crowd.bench.warm;

import org.jspecify.annotations.NullMarked;
