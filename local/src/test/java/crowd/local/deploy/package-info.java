@NullMarked
package crowd.local.deploy;

import org.jspecify.annotations.NullMarked;
