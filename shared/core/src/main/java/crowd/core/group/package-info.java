/** Groups of people: what is said of a group, and who says to be in it. */
@NullMarked
package crowd.core.group;

import org.jspecify.annotations.NullMarked;
