package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.identity.WebsiteId;
import crowd.core.website.KeyRole;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import crowd.local.clients.PublishedClient;
import crowd.local.clients.UnsteadyFront;
import crowd.local.clients.UnsteadyFront.Fault;
import crowd.local.npm.ToolMissingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Published clients, unchanged, told nothing but a host and a write key. Whatever befalls their
 * first call, everything arrives and nothing twice. The Java clients wait for 15 s before they
 * repeat a call, so all wait at once.
 */
@ExtendWith(Running.class)
class PublishedClientsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Api api;
  private final WebsiteAdmin websites;

  PublishedClientsIT(Api api, WebsiteAdmin websites) {
    this.api = api;
    this.websites = websites;
  }

  /** Where a person ended up, and whether his client had to repeat a call. */
  private record Arrived(
      PublishedClient client,
      Fault fault,
      String traits,
      List<String> groups,
      List<String> anonymousIds,
      List<String> did,
      boolean repeated) {}

  private Arrived send(PublishedClient client, Fault fault) throws Exception {
    // given
    var person = person(client, fault);
    var site = new WebsiteId("published-" + person + "-" + System.nanoTime());
    websites.add(Website.starting(site, Set.of(PublishedClient.ORIGIN)));
    var serverKey = websites.createKey(site, KeyRole.SERVER).orElseThrow().reveal();
    var key = client.isBrowser() ? site.value() : serverKey;
    var view = api.of(serverKey);
    try (var front = UnsteadyFront.start(api.address(), fault, Running.CONTRACT)) {
      // when
      try (var _ = client.send(front.address(), key, person)) {
        var end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)
            && !(hasRepeated(client, fault, front) && isComplete(view, client, person))) {
          Thread.sleep(200);
        }
      }
      // then
      var found = view.user(person);
      return new Arrived(
          client,
          fault,
          found.json("traits"),
          found.each("groups", "traits"),
          view.identities(person),
          view.timeline(person).stream().sorted().toList(),
          repeats(client, fault) && front.calls() > smallest(client));
    }
  }

  /** Calls if nothing goes wrong: RudderStack's Node client sends its first message alone. */
  private static int smallest(PublishedClient client) {
    return client == PublishedClient.RUDDERSTACK_NODE ? 2 : 1;
  }

  /** A message that has arrived is repeated all the same if its sender does not know it. */
  private static boolean hasRepeated(PublishedClient client, Fault fault, UnsteadyFront front) {
    return !repeats(client, fault) || front.calls() > smallest(client);
  }

  private static boolean repeats(PublishedClient client, Fault fault) {
    return fault != Fault.NONE && client != PublishedClient.JITSU && !client.isBrowser();
  }

  private static boolean isComplete(Api view, PublishedClient client, String person) {
    return view.timeline(person).size() == 4
        && view.identities(person).size() == (sendsAlias(client) ? 2 : 1);
  }

  private static boolean sendsAlias(PublishedClient client) {
    return client != PublishedClient.JITSU && !client.isBrowser();
  }

  /**
   * Jitsu's never repeats a call: what is not passed on is lost in the client. A browser's first
   * call asks for its settings, and without those it does not begin.
   */
  private static boolean isTried(PublishedClient client, Fault fault) {
    return fault == Fault.NONE
        || repeats(client, fault)
        || (client == PublishedClient.JITSU && fault == Fault.LOST_ANSWER);
  }

  private static String person(PublishedClient client, Fault fault) {
    return (client.name() + "_" + fault.name()).toLowerCase(Locale.ROOT);
  }

  private static Arrived expected(PublishedClient client, Fault fault) {
    var person = person(client, fault);
    return new Arrived(
        client,
        fault,
        "{'name':'Ada','plan':'pro'}",
        List.of("{\"name\":\"Acme\"}"),
        sendsAlias(client)
            ? List.of("anon_old_" + person, "anon_" + person)
            : List.of("anon_" + person),
        List.of("Signed Up", "[group]", "[identify]", "[page]"),
        repeats(client, fault));
  }

  @BeforeAll
  static void install() throws Exception {
    try {
      PublishedClient.folder();
    } catch (ToolMissingException e) {
      Assumptions.abort(e.getMessage());
    }
  }

  @Test
  void everyClient_whateverBefallsItsFirstCall_deliversAllOnce() throws Exception {
    // given
    var tasks = new ArrayList<Callable<Arrived>>();
    var expected = new ArrayList<Arrived>();
    for (var client : PublishedClient.values()) {
      for (var fault : Fault.values()) {
        if (isTried(client, fault)) {
          tasks.add(() -> send(client, fault));
          expected.add(expected(client, fault));
        }
      }
    }
    // when
    var arrived = new ArrayList<Arrived>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var task : threads.invokeAll(tasks)) {
        arrived.add(task.get());
      }
    }
    // then
    assertEquals(20, arrived.size());
    for (int i = 0; i < arrived.size(); i++) {
      assertEquals(expected.get(i), arrived.get(i));
    }
  }
}
