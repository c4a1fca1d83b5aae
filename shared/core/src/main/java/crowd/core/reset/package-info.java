/** The seal: from a moment on an anonymous id stands for nobody new. */
@NullMarked
package crowd.core.reset;

import org.jspecify.annotations.NullMarked;
