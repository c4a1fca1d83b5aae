/**
 * What is the same for everybody: the health of the service, its OpenAPI document, the SDK and the
 * dashboard as browsers load them, and where there is nothing.
 */
@NullMarked
package crowd.functions.pages;

import org.jspecify.annotations.NullMarked;
