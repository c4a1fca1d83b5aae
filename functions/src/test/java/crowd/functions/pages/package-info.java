@NullMarked
package crowd.functions.pages;

import org.jspecify.annotations.NullMarked;
