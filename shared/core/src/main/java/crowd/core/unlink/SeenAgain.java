package crowd.core.unlink;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.merge.Union;
import crowd.core.merge.Unions;
import crowd.core.profile.Profile;
import crowd.core.run.Attempts;
import crowd.core.store.Store;
import crowd.core.table.ProfileRow;
import crowd.core.table.Table;
import crowd.core.timeline.Timeline;
import crowd.core.timeline.TimelineQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the times in a profile those of the events that are left, once some were taken away. The
 * profile is read first and written under its revision: whoever marks a later event meanwhile makes
 * this begin again. An event that moves no time, for the old ones span it, writes nothing; so this
 * ends only when it finds the times right, as they are stored.
 */
record SeenAgain(Store store, Attempts attempts) {

  private static final int PAGE = 500;

  void mark(WebsiteId website, UserId user) {
    var table = new Table(store);
    attempts.until(() -> {
      var profile = table.profile(website, user);
      if (!profile.exists()) {
        return Optional.of(true);
      }
      var next = timesOf(profile);
      if (next.equals(profile)) {
        return Optional.of(true);
      }
      store.write(ProfileRow.write(next));
      return Optional.empty();
    });
  }

  /** Of the user alone: those who were merged into him have times of their own. */
  private Profile timesOf(Profile profile) {
    var alone = new Union(List.of(new Unions(store).member(profile)));
    var timeline = new Timeline(store);
    var seen = profile.seenAgain(Instant.MAX, Instant.MIN);
    @Nullable String after = null;
    do {
      var page = timeline.read(alone, new TimelineQuery(false, after, PAGE));
      for (var event : page.events()) {
        seen = seen.seen(event.message().time());
      }
      after = page.next();
    } while (after != null);
    // A profile that an identify has just made has its time before its first event is stored.
    return seen.firstSeen().equals(Instant.MAX) ? profile : seen;
  }
}
