@NullMarked
package crowd.functions.http;

import org.jspecify.annotations.NullMarked;
