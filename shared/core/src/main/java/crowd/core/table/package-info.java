/**
 * How everything stands in the one table: the only place that makes keys, and a codec for each row.
 * See docs/data-model.md.
 */
@NullMarked
package crowd.core.table;

import org.jspecify.annotations.NullMarked;
