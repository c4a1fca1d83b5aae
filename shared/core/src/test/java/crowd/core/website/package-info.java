@NullMarked
package crowd.core.website;

import org.jspecify.annotations.NullMarked;
