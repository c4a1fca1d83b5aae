@NullMarked
package crowd.bench.report;

import org.jspecify.annotations.NullMarked;
