package crowd.local.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.profile.Profile;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Write;
import crowd.core.table.ProfileRow;
import crowd.core.table.TableKeys;
import crowd.local.dev.LocalTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit as a command, on the real table of the local run. */
class AuditIT {

  private static final WebsiteId SHOP = new WebsiteId("shop");

  @TempDir private Path data = Path.of("");

  private record Ended(int exit, String out) {}

  private Ended crowd(String... arguments) {
    var out = new StringWriter();
    var exit =
        Commands.line()
            .setOut(new PrintWriter(out))
            .execute(
                Stream.concat(Arrays.stream(arguments), List.of("--data", data.toString()).stream())
                    .toArray(String[]::new));
    return new Ended(exit, out.toString());
  }

  @Test
  void audit_findsMendsAndCounts() throws IOException, InterruptedException {
    // given
    crowd("site", "add", SHOP.value());
    var ann = Profile.unseen(SHOP, new UserId("ann")).seen(Instant.now());
    var link = TableKeys.link(SHOP, ann.user(), new AnonymousId("anon_n"));
    try (var table = LocalTable.of(data)) {
      table.store().write(ProfileRow.write(ann));
      table
          .store()
          .write(
              new Write.Put(
                  Item.at(link)
                      .with("epoch", 1L)
                      .with("linked_at", 1L)
                      .with("source", "identify")
                      .with("message_id", "m"),
                  Condition.ALWAYS));
    }
    // when
    var first = crowd("audit");
    // then
    assertEquals(1, first.exit());
    assertTrue(first.out().matches("(?s).*people +1\\R.*"), first.out());
    assertTrue(first.out().matches("(?s).*stray links +1\\R.*"), first.out());
    assertTrue(first.out().matches("(?s).*missing entries +1\\R.*"), first.out());
    // when
    var second = crowd("audit");
    // then
    assertEquals(0, second.exit());
    assertEquals(first.out().replaceAll("(links|entries)( +)1", "$1$20"), second.out());
    try (var table = LocalTable.of(data)) {
      assertTrue(table.store().get(List.of(link)).isEmpty());
    }
  }
}
