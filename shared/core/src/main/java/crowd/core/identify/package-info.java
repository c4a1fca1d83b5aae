/** The claim: an anonymous id gets its owner, and a profile its traits. */
@NullMarked
package crowd.core.identify;

import org.jspecify.annotations.NullMarked;
