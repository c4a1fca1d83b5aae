/** What the tests of the core share. */
@NullMarked
package crowd.core;

import org.jspecify.annotations.NullMarked;
