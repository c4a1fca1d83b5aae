/** The function that most people would write, with the libraries that they would take. */
@NullMarked
package crowd.typical;

import org.jspecify.annotations.NullMarked;
