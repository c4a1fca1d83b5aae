package crowd.core.timeline;

import crowd.core.message.Message;

/**
 * One event of a timeline.
 *
 * @param beforeIdentify it was done under an anonymous id, before a message of the user first named
 *     that id
 */
public record TimelineEvent(Message message, boolean beforeIdentify) {}
