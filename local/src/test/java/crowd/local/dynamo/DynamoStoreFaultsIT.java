package crowd.local.dynamo;

import static crowd.local.dynamo.FaultyHttp.BROKEN_REPLY;
import static crowd.local.dynamo.FaultyHttp.DROP_REPLY;
import static crowd.local.dynamo.FaultyHttp.DROP_REQUEST;
import static crowd.local.dynamo.FaultyHttp.NONE;
import static crowd.local.dynamo.FaultyHttp.NO_ANSWER;
import static crowd.local.dynamo.FaultyHttp.UNPROCESSED_ITEMS;
import static crowd.local.dynamo.FaultyHttp.UNPROCESSED_KEYS;
import static crowd.local.dynamo.FaultyHttp.cancellation;
import static crowd.local.dynamo.FaultyHttp.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.aws.DynamoStore;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Index;
import crowd.core.store.IndexQuery;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Query;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.local.dynamo.FaultyHttp.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** How the DynamoDB store reads every way in which a call can end. */
class DynamoStoreFaultsIT {

  @RegisterExtension static final DynamoTable TABLE = new DynamoTable();

  private final String pk = "p-" + UUID.randomUUID();
  private final FaultyHttp http = new FaultyHttp(TABLE.http);
  private final DynamoDbClient client = TABLE.dynamo.client(http);
  private final DynamoStore store = new DynamoStore(client, TABLE.name);

  @AfterEach
  void close() {
    client.close();
  }

  static Stream<Arguments> endings() {
    return Stream.of(
        Arguments.of(
            "throttled throughout", refusal("ProvisionedThroughputExceededException"), "Throttled"),
        Arguments.of("account limit", refusal("RequestLimitExceeded"), "Throttled"),
        Arguments.of("control plane throttle", refusal("ThrottlingException"), "Throttled"),
        Arguments.of("conflict", refusal("TransactionConflictException"), "Conflict"),
        Arguments.of("refused", refusal("ConditionalCheckFailedException"), "ConditionFailed"),
        Arguments.of("never sent", DROP_REQUEST, "Unknown"),
        Arguments.of("throttled once", refusal("ThrottlingException").times(1, NONE), "Written"),
        Arguments.of("not sent once", DROP_REQUEST.times(1, NONE), "Written"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endings")
  void write_answersHowItEnded(String what, Fault fault, String outcome) {
    // given
    http.set(fault);
    // when
    var ending = store.write(put("k", Condition.ABSENT));
    // then
    assertEquals(outcome, name(ending), what);
    assertEquals(outcome.equals("Written") ? List.of("k") : List.of(), stored(), what);
  }

  static Stream<Arguments> appliedEndings() {
    return Stream.of(
        Arguments.of("reply lost", DROP_REPLY),
        Arguments.of("reply broken", BROKEN_REPLY),
        Arguments.of("reply lost, then refused by itself", DROP_REPLY.times(1, NONE)),
        Arguments.of("reply broken, then refused by itself", BROKEN_REPLY.times(1, NONE)),
        Arguments.of(
            "reply lost, then throttled", DROP_REPLY.times(1, refusal("ThrottlingException"))),
        Arguments.of(
            "reply lost, then in conflict",
            DROP_REPLY.times(1, refusal("TransactionConflictException"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("appliedEndings")
  void write_thatTookEffectUnseen_isUnknown(String what, Fault fault) {
    // given
    http.set(fault);
    // when
    var ending = store.write(put("k", Condition.ABSENT));
    // then
    assertEquals(WriteOutcome.UNKNOWN, ending, what);
    assertEquals(List.of("k"), stored(), what);
  }

  @Test
  void write_ofARevisionThatTookEffectUnseen_isUnknown() {
    // given
    var item = Item.at(new Key(pk, "k"));
    store.write(new Write.Put(item.with(Attributes.REVISION, 1L), Condition.ABSENT));
    http.set(DROP_REPLY.times(1, NONE));
    // when
    var next = new Write.Put(item.with(Attributes.REVISION, 2L), new Condition.RevisionIs(1));
    var ending = store.write(next);
    // then
    assertEquals(WriteOutcome.UNKNOWN, ending);
    assertEquals(Map.of(item.key(), next.item()), store.get(List.of(item.key())));
  }

  @Test
  void write_withoutACondition_survivesALostReply() {
    // given
    http.set(DROP_REPLY.times(1, NONE));
    // when, then
    assertEquals(WriteOutcome.WRITTEN, store.write(put("k", Condition.ALWAYS)));
  }

  @Test
  void write_refusedAfterAThrottle_isARefusal() {
    // given: a throttled sending changed nothing
    store.write(put("k", Condition.ALWAYS));
    http.set(refusal("ThrottlingException").times(2, NONE));
    // when, then
    assertEquals(WriteOutcome.CONDITION_FAILED, store.write(put("k", Condition.ABSENT)));
  }

  @Test
  void write_withoutAnAnswerInTime_isUnknown() {
    // given
    var builder = TABLE.dynamo.clientBuilder(http);
    builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder()
            .apiCallAttemptTimeout(Duration.ofMillis(50))
            .apiCallTimeout(Duration.ofMillis(300))
            .build());
    http.set(NO_ANSWER);
    // when
    try (var impatient = builder.build()) {
      var ending = new DynamoStore(impatient, TABLE.name).write(put("k", Condition.ABSENT));
      // then
      assertEquals(WriteOutcome.UNKNOWN, ending);
    }
  }

  @Test
  void write_ofMany_tellsEachItsOwnEnding() {
    // given
    http.set(refusal("ThrottlingException").where("\"k1\""));
    // when
    var endings =
        store.write(
            List.of(
                put("k0", Condition.ABSENT),
                put("k1", Condition.ABSENT),
                put("k2", Condition.ALWAYS)));
    // then
    assertEquals(
        List.of(WriteOutcome.WRITTEN, WriteOutcome.THROTTLED, WriteOutcome.WRITTEN), endings);
    assertEquals(List.of("k0", "k2"), stored());
  }

  static Stream<Arguments> transactionEndings() {
    return Stream.of(
        Arguments.of(cancellation("None", "ConditionalCheckFailed"), "ConditionFailed"),
        Arguments.of(
            cancellation("TransactionConflict", "ConditionalCheckFailed"), "ConditionFailed"),
        Arguments.of(cancellation("ThrottlingError", "ConditionalCheckFailed"), "ConditionFailed"),
        Arguments.of(cancellation("None", "TransactionConflict"), "Conflict"),
        Arguments.of(cancellation("TransactionConflict", "TransactionConflict"), "Conflict"),
        Arguments.of(cancellation("ThrottlingError", "None"), "Throttled"),
        Arguments.of(cancellation("None", "ProvisionedThroughputExceeded"), "Throttled"),
        Arguments.of(cancellation("TransactionConflict", "ThrottlingError"), "Throttled"),
        Arguments.of(refusal("ProvisionedThroughputExceededException"), "Throttled"),
        Arguments.of(refusal("TransactionInProgressException"), "Unknown"),
        Arguments.of(DROP_REQUEST, "Unknown"));
  }

  @ParameterizedTest
  @MethodSource("transactionEndings")
  void transact_answersHowItEnded(Fault fault, String outcome) {
    // given
    http.set(fault);
    // when
    var ending = store.transact(List.of(put("k1", Condition.ABSENT), put("k2", Condition.ABSENT)));
    // then
    assertEquals(outcome, name(ending));
    assertEquals(List.of(), stored());
  }

  @Test
  void transact_whoseReplyWasLost_isRecognizedByItsToken() {
    // given
    http.set(DROP_REPLY.times(1, NONE));
    // when
    var ending = store.transact(List.of(put("k1", Condition.ABSENT), put("k2", Condition.ABSENT)));
    // then
    assertEquals(WriteOutcome.WRITTEN, ending);
    assertEquals(2, http.requests());
    assertEquals(List.of("k1", "k2"), stored());
  }

  @Test
  void transact_whoseRepliesWereAllLost_isUnknown() {
    // given
    http.set(DROP_REPLY);
    // when
    var ending = store.transact(List.of(put("k1", Condition.ABSENT)));
    // then
    assertEquals(WriteOutcome.UNKNOWN, ending);
    assertEquals(List.of("k1"), stored());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ValidationException", "AccessDeniedException", "ResourceNotFoundException"})
  void calls_thatAreAMistake_throwIt(String error) {
    // given
    http.set(refusal(error));
    // when, then
    assertThrows(SdkException.class, () -> store.write(put("k", Condition.ALWAYS)));
    assertThrows(SdkException.class, () -> store.transact(List.of(put("k", Condition.ALWAYS))));
    assertThrows(SdkException.class, () -> store.putAll(items(1)));
    assertThrows(SdkException.class, () -> store.get(List.of(new Key(pk, "k"))));
  }

  @Test
  void transact_cancelledByAMistake_throwsIt() {
    // given
    http.set(cancellation("ValidationError", "None"));
    // when, then
    assertThrows(SdkException.class, () -> store.transact(List.of(put("k", Condition.ALWAYS))));
  }

  static Stream<Fault> unreadable() {
    return Stream.of(
        refusal("ProvisionedThroughputExceededException"), DROP_REQUEST, DROP_REPLY, BROKEN_REPLY);
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void reads_thatFailThroughout_areUnavailable(Fault fault) {
    // given
    http.set(fault);
    // when, then
    assertThrows(StoreUnavailableException.class, () -> store.get(List.of(new Key(pk, "k"))));
    assertThrows(StoreUnavailableException.class, () -> store.query(Query.prefix(pk, "k", 10)));
    assertThrows(
        StoreUnavailableException.class,
        () -> store.query(new IndexQuery(Index.DUE, "h", 1, false, null, 10)));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void reads_thatFailOnce_succeed(Fault fault) {
    // given
    store.write(put("k", Condition.ALWAYS));
    // when, then
    http.set(fault.times(1, NONE));
    assertEquals(1, store.get(List.of(new Key(pk, "k"))).size());
    http.set(fault.times(1, NONE));
    assertEquals(1, store.query(Query.prefix(pk, "k", 10)).items().size());
  }

  @Test
  void get_withKeysLeftUnprocessed_asksForThemAgain() {
    // given
    store.write(put("k", Condition.ALWAYS));
    http.set(UNPROCESSED_KEYS.times(2, NONE));
    // when
    var found = store.get(List.of(new Key(pk, "k")));
    // then
    assertEquals(1, found.size());
    assertEquals(3, http.requests());
  }

  @Test
  void get_withKeysLeftUnprocessedThroughout_isUnavailable() {
    // given
    http.set(UNPROCESSED_KEYS);
    // when, then
    assertThrows(StoreUnavailableException.class, () -> store.get(List.of(new Key(pk, "k"))));
    assertTrue(http.requests() > 2);
  }

  @Test
  void putAll_withItemsLeftUnprocessed_sendsThemAgain() {
    // given
    http.set(UNPROCESSED_ITEMS.times(3, NONE));
    // when
    var left = store.putAll(items(60));
    // then
    assertEquals(List.of(), left);
    assertEquals(60, stored().size());
  }

  @Test
  void putAll_withItemsLeftUnprocessedThroughout_answersThem() {
    // given
    http.set(UNPROCESSED_ITEMS.where("\"k030\""));
    // when
    var left = store.putAll(items(60));
    // then
    assertEquals(items(60).subList(25, 50), left);
    assertEquals(35, stored().size());
  }

  static Stream<Fault> unwritable() {
    return Stream.of(refusal("ProvisionedThroughputExceededException"), DROP_REQUEST, DROP_REPLY);
  }

  @ParameterizedTest
  @MethodSource("unwritable")
  void putAll_whenABatchFails_answersItsItems(Fault fault) {
    // given
    http.set(fault.where("\"k059\""));
    // when
    var left = store.putAll(items(60));
    // then
    assertEquals(items(60).subList(50, 60), left);
    assertTrue(stored().containsAll(sortKeys(0, 50)));
  }

  private Write.Put put(String sk, Condition condition) {
    return new Write.Put(Item.at(new Key(pk, sk)).with("a", "x"), condition);
  }

  private List<Item> items(int n) {
    return sortKeys(0, n).stream().map(sk -> Item.at(new Key(pk, sk)).with("a", "x")).toList();
  }

  private static List<String> sortKeys(int from, int to) {
    return IntStream.range(from, to).mapToObj("k%03d"::formatted).toList();
  }

  /** What is really there. */
  private List<String> stored() {
    return TABLE.store.query(Query.prefix(pk, "k", 1000)).items().stream()
        .map(item -> item.key().sk())
        .toList();
  }

  private static String name(WriteOutcome outcome) {
    return outcome.getClass().getSimpleName();
  }
}
