package crowd.local.faults;

import crowd.local.faults.Request.Erase;
import crowd.local.faults.Request.Merge;
import crowd.local.faults.Request.Messages;
import crowd.local.faults.Request.Unlink;
import crowd.local.faults.Request.Unmerge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What came of a history, as far as the answers tell: who is one person, and what was taken back.
 */
final class Past {

  private final SeededHistory history;
  private final List<Erasure> erasures = new ArrayList<>();

  /** Acts at whose ends an anonymous id was taken back for certain. */
  private final List<Unlinked> unlinked = new ArrayList<>();

  /** Who was merged into the other; empty while they are two. */
  private String merged = "";

  Past(SeededHistory history) {
    this.history = history;
  }

  /**
   * @param act at whose end it was
   * @param users all of the person
   * @param owners just before
   * @param isAllConsumed whether nothing on the stream could still change them
   */
  record Erasure(int act, Set<String> users, Owners owners, boolean isAllConsumed) {

    boolean takes(String anonymousId) {
      return users.contains(owners.byId().getOrDefault(anonymousId, ""));
    }
  }

  private record Unlinked(int act, String anonymousId) {}

  /** To be called when what the clients sent in an act is acknowledged. */
  void merged(int act) {
    history.acts().get(act).clients().stream().flatMap(List::stream).forEach(this::merged);
  }

  private void merged(Request request) {
    switch (request) {
      case Merge merge -> merged = merged.isEmpty() ? merge.previous() : merged;
      case Unmerge unmerge -> merged = merged.equals(unmerge.previous()) ? "" : merged;
      case Messages _, Unlink _, Erase _ -> {}
    }
  }

  /**
   * To be called when what stands alone in an act was answered.
   *
   * @param isDone whether there was something to take back
   * @param owners just before
   */
  void tookBack(int act, boolean isDone, Owners owners) {
    var one = history.acts().get(act);
    switch (one.alone().orElseThrow()) {
      case Erase(var user) when isDone -> {
        erasures.add(new Erasure(act, person(user), owners, one.isConsumedFirst()));
        merged = "";
      }
      case Unlink(var anonymous, _, _) when isDone -> unlinked.add(new Unlinked(act, anonymous));
      case Messages _, Merge _, Unmerge _, Unlink _, Erase _ -> {}
    }
  }

  /** Whether the user whom an act erases is there for certain: a request itself made him known. */
  boolean mustKnow(int act) {
    if (!(history.acts().get(act).alone().orElseThrow() instanceof Erase(var user))) {
      return false;
    }
    int from = lastErasureOf(user) + 1;
    return history.acts().subList(from, act + 1).stream()
        .flatMap(one -> one.clients().stream().flatMap(List::stream))
        .anyMatch(request -> makesKnown(request, user));
  }

  private static boolean makesKnown(Request request, String user) {
    return switch (request) {
      case Messages(var messages) ->
          messages.stream()
              .anyMatch(sent -> sent.user().equals(user) && !sent.type().equals("track"));
      case Merge _ -> true;
      case Unmerge _, Unlink _, Erase _ -> false;
    };
  }

  private int lastErasureOf(String user) {
    return erasures.stream()
        .filter(erasure -> erasure.users().contains(user))
        .mapToInt(Erasure::act)
        .max()
        .orElse(-1);
  }

  /** All users of the user's person. */
  Set<String> person(String user) {
    return merged.isEmpty() ? Set.of(user) : Set.copyOf(history.users());
  }

  /** The user under whom his person is shown. */
  String root(String user) {
    return merged.equals(user)
        ? history.users().stream().filter(other -> !other.equals(user)).findFirst().orElseThrow()
        : user;
  }

  List<Erasure> erasures() {
    return erasures;
  }

  /** Whether the message went with a person. */
  boolean isErased(Sent sent) {
    return erasures.stream()
        .anyMatch(erasure ->
            sent.act() <= erasure.act()
                && (sent.isAnonymous()
                    ? erasure.takes(sent.anonymous())
                    : erasure.users().contains(sent.user())));
  }

  /**
   * Whether the message may have gone with a person: the claim that makes it his may have been read
   * from the stream before he was erased, or after.
   */
  boolean isDoubtful(Sent sent) {
    return sent.isAnonymous()
        && erasures.stream()
            .anyMatch(erasure ->
                sent.act() <= erasure.act()
                    && !erasure.takes(sent.anonymous())
                    && mayTake(erasure, sent.anonymous()));
  }

  /** Whether the id was, or may have come to be, of the person who was erased. */
  boolean mayTake(Erasure erasure, String anonymousId) {
    return erasure.takes(anonymousId)
        || erasure.owners().unclear().contains(anonymousId)
        || (!erasure.isAllConsumed()
            && erasure.owners().isNobodys(anonymousId)
            && history.about(anonymousId).stream()
                .anyMatch(claim ->
                    claim.act() <= erasure.act() && erasure.users().contains(claim.user())));
  }

  /** Messages of which it is known whether they went. */
  Stream<Sent> certain() {
    return history.sent().stream().filter(sent -> !isErased(sent) && !isDoubtful(sent));
  }

  /** Ids of messages of which it is not known. */
  Set<String> doubtful() {
    var ids = new HashSet<String>();
    history.sent().stream().filter(this::isDoubtful).forEach(sent -> ids.add(sent.id()));
    return ids;
  }

  /** Whether nothing was asked for that may have taken the id back from somebody. */
  boolean isUntouched(String anonymousId) {
    return lastTouched(anonymousId) < 0;
  }

  /** The last act in which the id may have been taken back; -1 for none. */
  int lastTouched(String anonymousId) {
    int last = erasures.stream().mapToInt(Erasure::act).max().orElse(-1);
    for (int act = 0; act < history.acts().size(); act++) {
      if (history.acts().get(act).requests().anyMatch(request -> unlinks(request, anonymousId))) {
        last = Math.max(last, act);
      }
    }
    return last;
  }

  private static boolean unlinks(Request request, String anonymousId) {
    return request instanceof Unlink(var anonymous, _, _) && anonymous.equals(anonymousId);
  }

  /** The last act at whose end the id was nobody's for certain; -1 for none. */
  int lastFree(String anonymousId) {
    return Stream.concat(
            unlinked.stream()
                .filter(one -> one.anonymousId().equals(anonymousId))
                .map(Unlinked::act),
            erasures.stream().filter(one -> one.takes(anonymousId)).map(Erasure::act))
        .mapToInt(Integer::intValue)
        .max()
        .orElse(-1);
  }

  /** Whether the user was named after an act. */
  boolean isNamedAfter(int act, String user) {
    return history.acts().subList(act + 1, history.acts().size()).stream()
        .flatMap(Act::requests)
        .anyMatch(request -> request.names(user));
  }

  SeededHistory history() {
    return history;
  }

  @Override
  public String toString() {
    return history + "\n  merged: " + merged + ", " + erasures + ", " + unlinked;
  }
}
