/** A person looked up by any of his ids, as readers see him. */
@NullMarked
package crowd.core.person;

import org.jspecify.annotations.NullMarked;
