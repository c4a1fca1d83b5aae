/**
 * JSON as the product needs it: numbers as they were written, bounded nesting, one canonical text.
 */
@NullMarked
package crowd.core.json;

import org.jspecify.annotations.NullMarked;
