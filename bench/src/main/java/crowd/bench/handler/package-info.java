/** Functions that ours are held against: with a part left out, or with nothing but one part. */
@NullMarked
package crowd.bench.handler;

import org.jspecify.annotations.NullMarked;
