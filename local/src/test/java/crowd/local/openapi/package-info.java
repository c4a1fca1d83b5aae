@NullMarked
package crowd.local.openapi;

import org.jspecify.annotations.NullMarked;
