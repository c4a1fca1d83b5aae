@NullMarked
package crowd.core.store.memory;

import org.jspecify.annotations.NullMarked;
