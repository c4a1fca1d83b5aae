/** Takes template.yaml and the jar to an account, or says what would be created there. */
@NullMarked
package crowd.local.deploy;

import org.jspecify.annotations.NullMarked;
