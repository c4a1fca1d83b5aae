/**
 * The packaged jar as Lambda's managed runtime runs it: the unpacked jar, AWS's own runtime client,
 * a process for each call at a time, and the Runtime API between it and us.
 */
@NullMarked
package crowd.local.runtime;

import org.jspecify.annotations.NullMarked;
