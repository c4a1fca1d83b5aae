@NullMarked
package crowd.aws;

import org.jspecify.annotations.NullMarked;
