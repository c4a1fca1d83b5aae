/** Clients of other products, as they are published, against the local run. */
@NullMarked
package crowd.local.clients;

import org.jspecify.annotations.NullMarked;
