/** Holds each function to the role that the template gives it, as IAM does on AWS. */
@NullMarked
package crowd.local.role;

import org.jspecify.annotations.NullMarked;
