@NullMarked
package crowd.core.quarantine;

import org.jspecify.annotations.NullMarked;
