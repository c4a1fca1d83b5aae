package crowd.local.faults;

import crowd.local.surface.Api;

/**
 * A message; empty for what it does not have.
 *
 * @param act the part of the history in which it is sent
 * @param type the route that takes it; an {@code alias} is one of an anonymous id
 * @param plan value of the trait that an identify sets
 */
record Sent(
    int act, String type, String user, String anonymous, int second, String id, String plan) {

  boolean isReset() {
    return type.equals("reset");
  }

  boolean isEvent() {
    return !isReset() && !type.equals("alias");
  }

  boolean isClaim() {
    return !user.isEmpty() && !anonymous.isEmpty();
  }

  /** Of an anonymous id, and of no user. */
  boolean isAnonymous() {
    return user.isEmpty();
  }

  /** Milliseconds. */
  long time() {
    return Api.at(second).toEpochMilli();
  }

  /** In single quotes, without braces. */
  String fields() {
    return (user.isEmpty() ? "" : "'user_id':'" + user + "',")
        + (anonymous.isEmpty() ? "" : "'" + anonymousField() + "':'" + anonymous + "',")
        + (type.equals("track") ? "'event':'" + id + "'," : "")
        + (plan.isEmpty() ? "" : "'traits':{'plan':'" + plan + "'},")
        + "'timestamp':'"
        + Api.at(second)
        + "','message_id':'"
        + id
        + "'";
  }

  private String anonymousField() {
    return type.equals("alias") ? "previous_id" : "anonymous_id";
  }
}
