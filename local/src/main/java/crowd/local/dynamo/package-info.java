/** DynamoDB on this machine, for the local run and the tests of what talks to it. */
@NullMarked
package crowd.local.dynamo;

import org.jspecify.annotations.NullMarked;
