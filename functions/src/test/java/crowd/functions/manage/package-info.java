@NullMarked
package crowd.functions.manage;

import org.jspecify.annotations.NullMarked;
