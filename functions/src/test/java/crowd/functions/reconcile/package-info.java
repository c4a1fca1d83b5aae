@NullMarked
package crowd.functions.reconcile;

import org.jspecify.annotations.NullMarked;
