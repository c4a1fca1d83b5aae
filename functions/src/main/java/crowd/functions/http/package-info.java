/**
 * The edge that all HTTP functions share: payload 2.0 in and out, who calls, what a body may be,
 * problem details, the log and the metrics.
 */
@NullMarked
package crowd.functions.http;

import org.jspecify.annotations.NullMarked;
