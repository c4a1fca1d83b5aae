/** Puts the whole product together on this machine, and keeps its data in a folder. */
@NullMarked
package crowd.local.dev;

import org.jspecify.annotations.NullMarked;
