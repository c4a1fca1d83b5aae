package crowd.aws;

import crowd.core.json.Unicode;
import crowd.core.store.Attributes;
import crowd.core.store.Index;
import crowd.core.store.IndexEntry;
import crowd.core.store.IndexPage;
import crowd.core.store.IndexQuery;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Limits;
import crowd.core.store.Page;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Gatherers;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The table in DynamoDB. Its client must be one of {@link Clients}, for {@link LostReplies}. */
public final class DynamoStore implements Store {

  private static final Backoff BACKOFF = new Backoff();

  /** Most items of one BatchWriteItem. */
  private static final int BATCH_ITEMS = 25;

  /** Sendings of what a batch leaves over. */
  private static final int BATCH_TRIES = 6;

  private static final Comparator<String> SORT_ORDER = Unicode::compareUtf8;

  private final DynamoDbClient client;
  private final String table;

  public DynamoStore(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  String table() {
    return table;
  }

  @Override
  public Map<Key, Item> get(Collection<Key> keys) {
    Limits.checkGet(keys);
    var found = new HashMap<Key, Item>();
    var left = keys.stream().map(ItemCodec::write).toList();
    for (int tries = 1; !left.isEmpty(); tries++) {
      var request = KeysAndAttributes.builder().keys(left).consistentRead(true).build();
      var response =
          read(() -> client.batchGetItem(get -> get.requestItems(Map.of(table, request))));
      for (var item : response.responses().getOrDefault(table, List.of())) {
        var read = ItemCodec.read(item);
        found.put(read.key(), read);
      }
      var unprocessed = response.unprocessedKeys().get(table);
      left = unprocessed == null ? List.of() : unprocessed.keys();
      if (!left.isEmpty()) {
        if (tries == BATCH_TRIES) {
          throw new StoreUnavailableException("keys were left unread after all tries");
        }
        BACKOFF.after(tries);
      }
    }
    return found;
  }

  @Override
  public Page query(Query query) {
    Limits.check(query);
    var order = query.descending() ? SORT_ORDER.reversed() : SORT_ORDER;
    var first = query.descending() ? query.to() : query.from();
    var last = query.descending() ? query.from() : query.to();
    var after = query.after();
    if (after != null && order.compare(after, last) >= 0) {
      return new Page(List.of(), null);
    }
    // DynamoDB refuses a start that lies outside of the range.
    var start =
        after == null || order.compare(after, first) < 0
            ? null
            : ItemCodec.write(new Key(query.pk(), after));
    var response =
        read(() ->
            client.query(page ->
                page.tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#pk = :pk AND #sk BETWEEN :from AND :to")
                    .expressionAttributeNames(Map.of("#pk", Attributes.PK, "#sk", Attributes.SK))
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", AttributeValue.fromS(query.pk()),
                            ":from", AttributeValue.fromS(query.from()),
                            ":to", AttributeValue.fromS(query.to())))
                    .scanIndexForward(!query.descending())
                    .exclusiveStartKey(start)
                    .limit(query.limit())));
    return new Page(
        response.items().stream().map(ItemCodec::read).toList(),
        response.hasLastEvaluatedKey()
            ? ItemCodec.readKey(response.lastEvaluatedKey()).sk()
            : null);
  }

  @Override
  public IndexPage query(IndexQuery query) {
    Limits.check(query);
    var after = query.after();
    if (after != null && after.range() > query.upTo() && !query.descending()) {
      return new IndexPage(List.of(), null);
    }
    var start = after == null || after.range() > query.upTo() ? null : position(query, after);
    var response =
        read(() ->
            client.query(page ->
                page.tableName(table)
                    .indexName(TableSchema.nameOf(query.index()))
                    .keyConditionExpression("#hash = :hash AND #range <= :range")
                    .expressionAttributeNames(
                        Map.of(
                            "#hash", query.index().hash(),
                            "#range", query.index().range()))
                    .expressionAttributeValues(
                        Map.of(
                            ":hash", AttributeValue.fromS(query.hash()),
                            ":range", ItemCodec.number(query.upTo())))
                    .scanIndexForward(!query.descending())
                    .exclusiveStartKey(start)
                    .limit(query.limit())));
    return new IndexPage(
        response.items().stream().map(item -> entry(query.index(), item)).toList(),
        response.hasLastEvaluatedKey() ? entry(query.index(), response.lastEvaluatedKey()) : null);
  }

  private static Map<String, AttributeValue> position(IndexQuery query, IndexEntry entry) {
    var position = new HashMap<>(ItemCodec.write(entry.key()));
    position.put(query.index().hash(), AttributeValue.fromS(query.hash()));
    position.put(query.index().range(), ItemCodec.number(entry.range()));
    return position;
  }

  private static IndexEntry entry(Index index, Map<String, AttributeValue> item) {
    return new IndexEntry(ItemCodec.readKey(item), ItemCodec.readNumber(item, index.range()));
  }

  @Override
  public List<WriteOutcome> write(List<? extends Write> writes) {
    Limits.checkWrites(writes);
    return Parallel.map(writes, write -> Outcomes.of(() -> send(write)));
  }

  private void send(Write write) {
    var condition = ConditionExpression.of(write.condition());
    switch (write) {
      case Write.Put(var item, _) ->
          client.putItem(put ->
              put.tableName(table)
                  .item(ItemCodec.write(item))
                  .conditionExpression(condition.text())
                  .expressionAttributeNames(condition.names())
                  .expressionAttributeValues(condition.values()));
      case Write.Delete(var key, _) ->
          client.deleteItem(delete ->
              delete
                  .tableName(table)
                  .key(ItemCodec.write(key))
                  .conditionExpression(condition.text())
                  .expressionAttributeNames(condition.names())
                  .expressionAttributeValues(condition.values()));
    }
  }

  @Override
  public WriteOutcome transact(List<? extends Write> writes) {
    Limits.checkTransaction(writes);
    var token = UUID.randomUUID().toString();
    return Outcomes.of(() ->
        client.transactWriteItems(transaction ->
            transaction
                .transactItems(writes.stream().map(this::part).toList())
                .clientRequestToken(token)));
  }

  private TransactWriteItem part(Write write) {
    var condition = ConditionExpression.of(write.condition());
    return switch (write) {
      case Write.Put(var item, _) ->
          TransactWriteItem.builder()
              .put(put ->
                  put.tableName(table)
                      .item(ItemCodec.write(item))
                      .conditionExpression(condition.text())
                      .expressionAttributeNames(condition.names())
                      .expressionAttributeValues(condition.values()))
              .build();
      case Write.Delete(var key, _) ->
          TransactWriteItem.builder()
              .delete(delete ->
                  delete
                      .tableName(table)
                      .key(ItemCodec.write(key))
                      .conditionExpression(condition.text())
                      .expressionAttributeNames(condition.names())
                      .expressionAttributeValues(condition.values()))
              .build();
    };
  }

  @Override
  public List<Item> putAll(List<Item> items) {
    Limits.checkItems(items);
    var batches = items.stream().gather(Gatherers.windowFixed(BATCH_ITEMS)).toList();
    return Parallel.map(batches, this::putBatch).stream().flatMap(List::stream).toList();
  }

  /** The items that are not known to be written. */
  private List<Item> putBatch(List<Item> items) {
    var left =
        items.stream()
            .map(item ->
                WriteRequest.builder().putRequest(put -> put.item(ItemCodec.write(item))).build())
            .toList();
    for (int tries = 1; !left.isEmpty() && tries <= BATCH_TRIES; tries++) {
      if (tries > 1) {
        BACKOFF.after(tries - 1);
      }
      var sent = left;
      try {
        left =
            client
                .batchWriteItem(batch -> batch.requestItems(Map.of(table, sent)))
                .unprocessedItems()
                .getOrDefault(table, List.of());
      } catch (SdkException e) {
        var _ = Outcomes.of(e); // throws on, if trying again cannot help
        break; // the client has made its own tries
      }
    }
    return left.stream().map(request -> ItemCodec.read(request.putRequest().item())).toList();
  }

  private static <T> T read(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      var _ = Outcomes.of(e); // throws on, if trying again cannot help
      throw new StoreUnavailableException("a read failed: " + e.getMessage());
    }
  }
}
