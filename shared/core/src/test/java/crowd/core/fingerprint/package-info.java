@NullMarked
package crowd.core.fingerprint;

import org.jspecify.annotations.NullMarked;
