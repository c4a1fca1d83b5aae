/** The local run and the command for people. */
@NullMarked
package crowd.local;

import org.jspecify.annotations.NullMarked;
