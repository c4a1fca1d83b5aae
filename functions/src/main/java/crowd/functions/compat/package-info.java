/**
 * The routes of Segment, RudderStack and Jitsu: what their clients send is made into messages of
 * our own, and from there on goes the way of every batch.
 */
@NullMarked
package crowd.functions.compat;

import org.jspecify.annotations.NullMarked;
