@NullMarked
package crowd.core.profile;

import org.jspecify.annotations.NullMarked;
