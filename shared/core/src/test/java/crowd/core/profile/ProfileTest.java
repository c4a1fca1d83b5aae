package crowd.core.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProfileTest {

  private static final long SEED = Long.getLong("seed", 17);
  private static final Profile UNSEEN = Profile.unseen(new WebsiteId("shop"), new UserId("ann"));

  @Test
  void seen_isAJoin() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 5_000; i++) {
      var a = Instant.ofEpochSecond(random.nextLong(10_000));
      var b = Instant.ofEpochSecond(random.nextLong(10_000));
      var c = Instant.ofEpochSecond(random.nextLong(10_000));
      var expected = UNSEEN.seen(a).seen(b).seen(c);
      assertEquals(expected, UNSEEN.seen(c).seen(a).seen(b), "seed " + SEED);
      assertEquals(expected, UNSEEN.seen(b).seen(c).seen(b).seen(a).seen(a), "seed " + SEED);
    }
  }

  @Test
  void lastSeen_movesOnceAnHour() {
    var seen = UNSEEN.seen(Instant.parse("2026-01-01T12:10:00Z"));
    assertEquals(seen, seen.seen(Instant.parse("2026-01-01T12:59:59Z")));
    assertEquals(
        Instant.parse("2026-01-01T13:00:00Z"),
        seen.seen(Instant.parse("2026-01-01T13:00:00Z")).lastSeen());
  }
}
