/**
 * What Lambda's event source mapping does for a function that reads a stream, by its documented
 * rules: batches, retries, bisection, expiry, and a place for what failed for good.
 */
@NullMarked
package crowd.local.eventsource;

import org.jspecify.annotations.NullMarked;
