/** docs/openapi.yaml against the template, the specification, and what is sent and answered. */
@NullMarked
package crowd.local.openapi;

import org.jspecify.annotations.NullMarked;
