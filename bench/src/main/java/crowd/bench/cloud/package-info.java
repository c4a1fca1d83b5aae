/** DynamoDB and Kinesis on loopback, over TLS, answering at once what was recorded before. */
@NullMarked
package crowd.bench.cloud;

import org.jspecify.annotations.NullMarked;
