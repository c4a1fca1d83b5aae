/** Runs the handlers in this process, under the rules that Lambda has for a call. */
@NullMarked
package crowd.local.function;

import org.jspecify.annotations.NullMarked;
