/** Inputs that nobody thought of, found by following the code. */
@NullMarked
package crowd.functions.fuzz;

import org.jspecify.annotations.NullMarked;
