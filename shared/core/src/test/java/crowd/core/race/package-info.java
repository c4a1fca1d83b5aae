/** The races of the identity model, by name, with a store that stops at chosen calls. */
@NullMarked
package crowd.core.race;

import org.jspecify.annotations.NullMarked;
