/** The tenants, their settings and their keys. */
@NullMarked
package crowd.core.website;

import org.jspecify.annotations.NullMarked;
