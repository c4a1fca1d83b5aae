/** What a person did, in order: events of his own and those of his anonymous ids, read as one. */
@NullMarked
package crowd.core.timeline;

import org.jspecify.annotations.NullMarked;
