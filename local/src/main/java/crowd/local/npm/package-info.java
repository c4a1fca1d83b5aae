/** Packages of npm that the local run and its tests start with Node. */
@NullMarked
package crowd.local.npm;

import org.jspecify.annotations.NullMarked;
