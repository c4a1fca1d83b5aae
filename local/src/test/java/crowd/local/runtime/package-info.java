/** The packaged jar on the client that Lambda's managed runtime runs it with. */
@NullMarked
package crowd.local.runtime;

import org.jspecify.annotations.NullMarked;
