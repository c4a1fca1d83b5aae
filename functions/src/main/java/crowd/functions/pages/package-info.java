/**
 * What is the same for everybody: the health of the service, its OpenAPI document, and where there
 * is nothing.
 */
@NullMarked
package crowd.functions.pages;

import org.jspecify.annotations.NullMarked;
