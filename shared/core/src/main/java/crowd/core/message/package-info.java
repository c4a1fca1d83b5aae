/** What a client sends, checked, with its time and its identity settled. */
@NullMarked
package crowd.core.message;

import org.jspecify.annotations.NullMarked;
