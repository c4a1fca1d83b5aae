/** Figures of quality that a command measures and judges. */
@NullMarked
package crowd.local.check;

import org.jspecify.annotations.NullMarked;
