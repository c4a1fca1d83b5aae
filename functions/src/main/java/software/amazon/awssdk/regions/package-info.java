/** Takes the place of one class of the SDK in the jar that is deployed. */
@NullMarked
package software.amazon.awssdk.regions;

import org.jspecify.annotations.NullMarked;
