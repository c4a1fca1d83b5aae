package crowd.local.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.function.Invocation;
import crowd.local.runtime.Gate.Mood;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Functions of functions.jar in trouble: their table and their stream refuse in words that quote
 * whoever sent, never answer, or answer more than the heap of {@code MemorySize} holds. The jar
 * knows nothing of the test.
 *
 * <p>HTTP functions are killed at their {@code Timeout}; the others have a longer one than the SDK
 * has patience, and report what failed themselves.
 */
class RuntimeFailuresIT {

  /**
   * How each function answers its sample event at first, refused, without an answer, after that, to
   * an endless answer, after that; and in how many processes: one more for each {@code timed out}
   * and {@code OOM}.
   */
  private static final String EXPECTED =
      """
      IdentifyFunction  identify  | 200, 500, timed out, 200, OOM, 200 | 3
      TrackFunction     track     | 200, 503, timed out, 200, OOM, 200 | 3
      ResetFunction     reset     | 200, 500, timed out, 200, OOM, 200 | 3
      BatchFunction     batch     | 200, 500, timed out, 200, OOM, 200 | 3
      CompatFunction    compat    | 200, 503, timed out, 200, OOM, 200 | 3
      UsersFunction     user      | 404, 500, timed out, 404, OOM, 404 | 3
      ManageFunction    alias     | 200, 500, timed out, 200, OOM, 200 | 3
      PagesFunction     pages     | 200, 200, 200, 200, 200, 200 | 1
      ConsumerFunction  consumer  | done, again, again, done, OOM, done | 2
      ReconcileFunction reconcile | ok, failed, failed, ok, OOM, ok | 2
      AuditFunction     audit     | ok, failed, failed, ok, OOM, ok | 2
      """;

  /** What the sample events know of people. */
  private static final List<String> OF_PEOPLE =
      List.of("user_123", "anon_1f0e5b7e", "jane@acme.com", "Viewed Pricing");

  private static Account account;
  private static final Map<String, Story> STORIES = new LinkedHashMap<>();

  /** What became of one function. */
  private static final class Story implements AutoCloseable {
    private final PackagedFunction function;
    private final String event;
    private final String called;
    private final List<String> answers = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();
    private final Set<Long> processes = new HashSet<>();

    Story(String name, String called) throws IOException {
      account.newTable("trouble-" + name);
      this.function = account.function(account.resource(name), "trouble-" + name);
      this.called = called;
      this.event = Account.event(called);
    }

    void call() {
      var ending = function.invoke(event);
      answers.add(
          Answers.word(ending)
              .replace("java.lang.OutOfMemoryError", "OOM")
              .replace("java.lang.IllegalStateException", "failed"));
      if (ending instanceof Invocation.Failed(FunctionErrorException error)) {
        reports.add(error.report());
      }
      processes.addAll(function.pids());
    }

    @Override
    public void close() {
      function.close();
    }

    @Override
    public String toString() {
      return String.format(
          "%-17s %-9s | %s | %d\n",
          function.resource().name(), called, String.join(", ", answers), processes.size());
    }
  }

  @BeforeAll
  static void goThroughTrouble() throws Exception {
    account = new Account();
    for (var line : EXPECTED.lines().toList()) {
      var words = line.split(" +", -1);
      STORIES.put(words[0], new Story(words[0], words[1]));
    }
    callAll(Mood.OPEN);
    callAll(Mood.QUOTING);
    callAll(Mood.SILENT);
    callAll(Mood.OPEN);
    account.set(Mood.ENDLESS);
    STORIES.values().forEach(Story::call);
    callAll(Mood.OPEN);
  }

  /** Side by side: most of the time they wait. */
  private static void callAll(Mood mood) {
    account.set(mood);
    try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
      STORIES.values().forEach(story -> calls.execute(story::call));
    }
  }

  @AfterAll
  static void close() throws IOException {
    STORIES.values().forEach(Story::close);
    account.close();
  }

  @Test
  void functions_inTrouble_reportItAndAreStartedAfreshIfTheyEndedWithIt() {
    assertEquals(
        EXPECTED, STORIES.values().stream().map(Story::toString).collect(Collectors.joining()));
  }

  @Test
  void functions_areAllThoseOfTheTemplate() {
    assertEquals(account.template().functions().keySet(), STORIES.keySet());
  }

  /** Though what refused them did quote. */
  @Test
  void functions_inTrouble_quoteNobodyInLogsAndReports() {
    // given
    var refusals = String.join("\n", account.quoted());
    OF_PEOPLE.forEach(word -> assertTrue(refusals.contains(word), word));
    // when
    var told = new ArrayList<>(account.log());
    STORIES.values().forEach(story -> told.addAll(story.reports));
    // then
    assertEquals(
        List.of(),
        told.stream().filter(line -> OF_PEOPLE.stream().anyMatch(line::contains)).toList());
  }

  @Test
  void consumer_eventThatIsNoBatch_isReportedByTypeAndMessage() {
    // given
    try (var consumer = account.function(account.resource("ConsumerFunction"), "crowd")) {
      // when
      var ending = consumer.invoke("[\"jane@acme.com\"]");
      // then
      var failed = assertInstanceOf(Invocation.Failed.class, ending);
      var error = assertInstanceOf(FunctionErrorException.class, failed.cause());
      var report = assertInstanceOf(Json.Obj.class, JsonReader.readOwn(error.report()));
      assertEquals(
          "java.lang.IllegalArgumentException: an event that is not a JSON object",
          report.text("errorType").orElse("") + ": " + report.text("errorMessage").orElse(""));
      assertEquals(-1, error.report().indexOf("jane"));
      // and it lives on
      assertEquals(1, consumer.pids().size());
    }
  }
}
