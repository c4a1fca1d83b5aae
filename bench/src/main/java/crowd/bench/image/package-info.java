/** Package B: the functions with a Java of their own that has started before. */
@NullMarked
package crowd.bench.image;

import org.jspecify.annotations.NullMarked;
