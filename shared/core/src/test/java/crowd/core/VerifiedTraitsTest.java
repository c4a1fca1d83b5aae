package crowd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.json.Json;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.traits.Traits;
import crowd.core.verify.Trust;
import crowd.core.website.Website;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Ranks, where a website turns them on. */
class VerifiedTraitsTest {

  private static final Website RANKING = Website.starting(World.SHOP, Set.of()).rankingTraits(true);

  private final World world = new World();

  private record Write(Message message, Trust trust) {

    Traits traits() {
      return Traits.of(message, RANKING.traitRank(trust));
    }
  }

  private Write write(SplittableRandom random, int number) {
    var name = "t" + random.nextInt(3);
    var value = random.nextInt(5) == 0 ? "null" : "" + random.nextInt(4);
    var field = random.nextBoolean() ? "traits" : "set_once";
    return new Write(
        world.message(
            MessageType.IDENTIFY,
            "{'user_id':'ann','%s':{'%s':%s},'message_id':'m%d','timestamp':'%s'}"
                .formatted(field, name, value, number, World.at(random.nextInt(10)))),
        random.nextBoolean() ? Trust.UNPROVED : Trust.PROVED);
  }

  private static Traits joined(List<Write> writes) {
    return writes.stream().map(Write::traits).reduce(Traits.NONE, Traits::join);
  }

  /** What readers see of those traits that somebody verified has written. */
  private static Map<String, Optional<Json>> values(Traits traits, Traits of) {
    var values = new HashMap<String, Optional<Json>>();
    of.byName().keySet().forEach(name -> values.put(name, traits.values().get(name)));
    return values;
  }

  @Test
  void noUnverifiedWriteChangesAVerifiedTrait() {
    long seed = new SplittableRandom().nextLong();
    System.out.println("VerifiedTraitsTest seed " + seed);
    var random = new SplittableRandom(seed);
    for (int round = 0; round < 3_000; round++) {
      // given
      var writes = new ArrayList<Write>();
      for (int i = random.nextInt(1, 8); i > 0; i--) {
        writes.add(write(random, i));
      }

      // when
      var verified = joined(writes.stream().filter(write -> write.trust().isVerified()).toList());

      // then
      assertEquals(values(verified, verified), values(joined(writes), verified), () -> "" + writes);
    }
  }

  @Test
  void whereRanksAreOff_theLaterWriteWinsWhoeverSentIt() {
    var website = RANKING.rankingTraits(false);
    for (var trust : Trust.values()) {
      assertEquals(0, website.traitRank(trust));
    }
  }
}
