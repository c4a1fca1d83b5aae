/** The consumer's side: events into timelines, anonymous ones into their owner's. */
@NullMarked
package crowd.core.project;

import org.jspecify.annotations.NullMarked;
