package crowd.local.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.local.function.Invocation;
import crowd.local.template.Call;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * functions.jar, one process for each function of template.yaml, with the environment that the
 * template gives it and the client that the managed runtime has.
 */
class ManagedRuntimeIT {

  private static Account account;

  @BeforeAll
  static void open() throws IOException {
    account = new Account();
  }

  @AfterAll
  static void close() throws IOException {
    account.close();
  }

  /**
   * @param events sample events in their order, each as the one before leaves the table, and how
   *     each is answered
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IdentifyFunction  | identify 200, identify-browser 200",
        "TrackFunction     | track 200",
        "ResetFunction     | reset 200",
        "BatchFunction     | batch 200",
        "CompatFunction    | compat 200, compat-batch 200, compat-settings 200",
        "UsersFunction     | users 200, user 404, user-events 404, website 200",
        "ManageFunction    | alias 200, unlink 200, erase 202",
        "PagesFunction     | pages 200, pages-openapi 200, pages-unknown 404",
        "ConsumerFunction  | consumer done",
        "ReconcileFunction | reconcile ok",
        "AuditFunction     | audit ok"
      })
  void function_startsAndAnswersItsSampleEvents(String name, String events) throws IOException {
    // given
    var expected = new LinkedHashMap<String, String>();
    for (var event : events.split(", ", -1)) {
      var words = event.split(" ", 2);
      expected.put(words[0], words[1]);
    }
    account.newTable("sample-" + name);
    int askedBefore = account.stream().asked().size();
    var answers = new LinkedHashMap<String, String>();
    // when
    try (var function = account.function(account.resource(name), "sample-" + name)) {
      for (var event : expected.keySet()) {
        answers.put(event, Answers.word(function.invoke(Account.event(event))));
      }
      assertEquals(1, function.pids().size(), "processes");
    }
    // then
    assertEquals(expected, answers, () -> "see what it printed: " + account.log());
    // Who is told of the stream asks for it, if only to warm up; nobody else does.
    assertEquals(
        account.resource(name).environment().containsKey("STREAM_NAME"),
        account.stream().asked().size() > askedBefore);
    for (var operation : account.stream().asked().stream().skip(askedBefore).toList()) {
      var call = new Call("kinesis:" + operation, "STREAM_NAME", List.of());
      assertTrue(account.resource(name).role().allows(call), () -> name + ": " + call);
    }
  }

  @Test
  void function_withoutItsVariables_saysWhichAreMissing() {
    // given
    try (var function = account.with(account.resource("TrackFunction"), Map.of())) {
      // when
      var ending = assertInstanceOf(Invocation.Failed.class, function.invoke("{}"));
      // then
      assertEquals(
          "java.lang.IllegalStateException:"
              + " bad configuration: TABLE_NAME is not set; STREAM_NAME is not set",
          ending.cause().getMessage());
    }
  }

  @Test
  void functions_areAllThoseOfTheTemplate() throws NoSuchMethodException {
    var source =
        ManagedRuntimeIT.class
            .getDeclaredMethod(
                "function_startsAndAnswersItsSampleEvents", String.class, String.class)
            .getAnnotation(CsvSource.class);
    assertEquals(
        account.template().functions().keySet(),
        Arrays.stream(source.value())
            .map(line -> line.split(" ", 2)[0])
            .collect(Collectors.toSet()));
  }
}
