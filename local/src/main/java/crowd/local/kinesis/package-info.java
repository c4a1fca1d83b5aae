/** Kinesis on this machine: the emulator kinesis-local, started and stopped from here. */
@NullMarked
package crowd.local.kinesis;

import org.jspecify.annotations.NullMarked;
