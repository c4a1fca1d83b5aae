/**
 * The HTTP API of the local run: what API Gateway does between a socket and a function.
 *
 * <p>After the documentation of HTTP APIs and their payload format 2.0, not observed on AWS. What
 * it does not do: authorizers, throttling, stages, access logs.
 */
@NullMarked
package crowd.local.http;

import org.jspecify.annotations.NullMarked;
