@NullMarked
package crowd.functions.users;

import org.jspecify.annotations.NullMarked;
