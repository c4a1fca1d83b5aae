package crowd.simulation.explore;

import static crowd.simulation.explore.RawRows.number;
import static crowd.simulation.explore.RawRows.text;
import static crowd.simulation.explore.RawRows.those;

import crowd.core.store.Item;
import crowd.core.store.Store;
import crowd.simulation.oracle.Browser;
import crowd.simulation.oracle.Findings;
import crowd.simulation.oracle.Reader.Shown;
import crowd.simulation.oracle.Violation;
import crowd.simulation.oracle.Violation.Kind;
import crowd.simulation.workload.SentMessage;
import crowd.simulation.world.ProductReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a table at rest must be, whatever was asked for: every message once, where it belongs, or
 * gone with its person; the copies, links and pointers exactly those that the owners and the merges
 * demand; and readers see just that.
 */
final class TableRules implements Rules {

  @Override
  public Optional<Violation> ended(Past past, List<Item> rows, Store store) {
    var findings = new Findings();
    new Judgement(past, new RawRows(rows), new ProductReader(store), findings).judge();
    return findings.first();
  }

  /** One table. */
  private record Judgement(Past past, RawRows rows, ProductReader reader, Findings findings) {

    void judge() {
      for (var row : rows.all()) {
        require(!row.attributes().containsKey("due"), Kind.OTHER, "work is left: " + row.key());
      }
      for (var talk : past.talks()) {
        for (var sent : talk.sent()) {
          for (int i = 0; i < talk.ask().messages().size(); i++) {
            var message = talk.ask().messages().get(i);
            if (message.isEvent()) {
              boolean isTaken = sent.answer() != null && sent.answer().taken().get(i);
              judge(message, sent.receivedAt(), isTaken);
            }
          }
        }
      }
      rows.browsers().forEach(this::judgeCopies);
      rows.users().forEach(this::judgeUser);
    }

    private void require(boolean holds, Kind kind, String what) {
      if (!holds) {
        findings.add(kind, what);
      }
    }

    private void judge(SentMessage message, long receivedAt, boolean isTaken) {
      var user = message.user();
      var id = user == null ? String.valueOf(message.anonymous()) : user;
      var events =
          those(user == null ? rows.ofBrowser(id) : rows.ofUser(id), "E#").stream()
              .filter(event -> is(event, message, receivedAt) && !isCopy(event))
              .toList();
      var what = message.label() + ", received at " + receivedAt + ",";
      if (receivedAt <= (user == null ? rows.idErasedAt(id) : rows.userErasedAt(id))) {
        var left =
            rows.all().stream()
                .filter(row -> row.key().sk().startsWith("E#") && is(row, message, receivedAt))
                .toList();
        require(left.isEmpty(), Kind.RESURRECTED, what + " was erased and is left: " + keys(left));
      } else {
        require(events.size() <= 1, Kind.DOUBLED, what + " is stored twice: " + keys(events));
        require(!isTaken || !events.isEmpty(), Kind.LOST, what + " is not with " + id);
      }
    }

    private static boolean is(Item event, SentMessage message, long receivedAt) {
      return String.valueOf(message.messageId()).equals(text(event, "message_id"))
          && number(event, "received_at", -1) == receivedAt;
    }

    private static boolean isCopy(Item event) {
      return number(event, "epoch", 0) > 0;
    }

    private static List<String> keys(List<Item> items) {
      return items.stream().map(item -> item.key().pk() + " " + item.key().sk()).toList();
    }

    /** The copies of an id's events lie with its owner, and nowhere else. */
    private void judgeCopies(String id) {
      var owner = rows.owner(id);
      for (var user : rows.users()) {
        var expected = new TreeSet<String>();
        if (user.equals(owner)) {
          rows.owned(id).forEach(event -> expected.add(event.key().sk() + "#=" + id));
        }
        var copies = new TreeSet<String>();
        for (var event : those(rows.ofUser(user), "E#")) {
          if (("=" + id).equals(text(event, "origin"))) {
            copies.add(event.key().sk());
          }
        }
        require(
            expected.containsAll(copies),
            Kind.RESURRECTED,
            user + " has copies of " + id + ": " + copies + ", and not " + expected);
        require(
            copies.containsAll(expected),
            Kind.LOST,
            user + " has the copies of " + id + ": " + copies + ", and not " + expected);
      }
      if (owner != null) {
        require(
            root(owner).equals(reader.resolve(new Browser(Scenario.WEBSITE, id))),
            Kind.LOST,
            id + " does not lead to its owner " + owner);
      }
    }

    private String root(String user) {
      var root = user;
      var met = new HashSet<String>();
      for (var parent = rows.parent(root); parent != null; parent = rows.parent(root)) {
        if (!met.add(root)) {
          findings.add(Kind.OTHER, "merged in a circle: " + met);
          return root;
        }
        root = parent;
      }
      return root;
    }

    private void judgeUser(String user) {
      var profile = RawRows.self(rows.ofUser(user));
      if (profile == null) {
        require(
            rows.ofUser(user).isEmpty(),
            Kind.RESURRECTED,
            user + " is nobody, and has " + keys(rows.ofUser(user)));
        return;
      }
      var owned = rows.browsers().stream().filter(id -> user.equals(rows.owner(id))).toList();
      var links = those(rows.ofUser(user), "L#").stream().map(row -> id(row.key().sk())).toList();
      require(links.equals(owned), Kind.OTHER, user + " has the links " + links + " to " + owned);
      require(
          number(profile, "links", 0) == owned.size(),
          Kind.OTHER,
          user + " counts " + number(profile, "links", 0) + " links, and has " + owned);
      var children = rows.users().stream().filter(one -> user.equals(rows.parent(one))).toList();
      var merged = those(rows.ofUser(user), "M#").stream().map(row -> id(row.key().sk())).toList();
      require(
          merged.equals(children),
          Kind.OTHER,
          user + " is to have merged " + merged + ", and has " + children);
      root(user);
      if (findings.isEmpty()) {
        judgeTimeline(user);
      }
    }

    private static String id(String sk) {
      return sk.substring(2);
    }

    private void judgeTimeline(String user) {
      var expected = new TreeSet<String>();
      for (var member : rows.users()) {
        if (root(member).equals(root(user))) {
          for (var event : those(rows.ofUser(member), "E#")) {
            if (!isCopy(event)) {
              expected.add(String.valueOf(text(event, "message_id")));
            }
          }
          for (var id : rows.browsers()) {
            if (member.equals(rows.owner(id))) {
              rows.owned(id)
                  .forEach(event -> expected.add(String.valueOf(text(event, "message_id"))));
            }
          }
        }
      }
      var shown = reader.timeline(Scenario.WEBSITE, user).stream().map(Shown::messageId).toList();
      var once = new TreeSet<>(shown);
      require(once.size() == shown.size(), Kind.DOUBLED, user + " is shown twice: " + shown);
      require(
          expected.containsAll(once), Kind.MISATTRIBUTED, user + " is shown " + shown + expected);
      require(
          once.containsAll(expected), Kind.LOST, user + " is shown " + shown + ", not " + expected);
    }
  }

  /** A rule of one scenario about answers and the table at rest. */
  interface Ending {

    /**
     * @return what is wrong, in words; nothing if all is well
     */
    List<String> wrong(Past past, RawRows rows);
  }

  /** These rules and one more. */
  static Rules with(Ending ending) {
    return new TableRules()
        .and((past, rows, _) ->
            new ArrayList<>(ending.wrong(past, new RawRows(rows)))
                .stream().findFirst().map(what -> new Violation(Kind.OTHER, what)));
  }
}
