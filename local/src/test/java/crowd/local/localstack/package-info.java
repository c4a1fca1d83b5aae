@NullMarked
package crowd.local.localstack;

import org.jspecify.annotations.NullMarked;
