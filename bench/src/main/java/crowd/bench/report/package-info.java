/** What a measurement says: tables, goals, a plot. */
@NullMarked
package crowd.bench.report;

import org.jspecify.annotations.NullMarked;
