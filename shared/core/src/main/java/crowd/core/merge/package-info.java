/** Users that are one person: merged by pointer, read as one, taken apart again (R4). */
@NullMarked
package crowd.core.merge;

import org.jspecify.annotations.NullMarked;
