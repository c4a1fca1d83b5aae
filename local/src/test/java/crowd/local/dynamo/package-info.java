@NullMarked
package crowd.local.dynamo;

import org.jspecify.annotations.NullMarked;
