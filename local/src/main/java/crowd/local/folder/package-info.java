/** Folders that the local run makes for a while. */
@NullMarked
package crowd.local.folder;

import org.jspecify.annotations.NullMarked;
