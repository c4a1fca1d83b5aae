/** The functions of the template: the handlers in this process, under the rules of Lambda. */
@NullMarked
package crowd.local.function;

import org.jspecify.annotations.NullMarked;
