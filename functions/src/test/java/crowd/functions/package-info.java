@NullMarked
package crowd.functions;

import org.jspecify.annotations.NullMarked;
