package crowd.local.dynamo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.aws.Clients;
import crowd.aws.DynamoStore;
import crowd.aws.TableSchema;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class DynamoDbLocalIT {

  private static final String TABLE = "crowd";
  private static final Item ITEM = Item.at(new Key("p", "s")).with("a", "x");

  private final SdkHttpClient http = Clients.newHttp();

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void inFolder_keepsItsTables(@TempDir Path folder) {
    // given
    var data = folder.resolve("not").resolve("there yet");
    try (var dynamo = DynamoDbLocal.inFolder(DynamoDbLocal.ANY_PORT, data);
        var client = dynamo.client(http)) {
      TableSchema.createTable(client, TABLE);
      var put = new Write.Put(ITEM, Condition.ABSENT);
      assertEquals(WriteOutcome.WRITTEN, new DynamoStore(client, TABLE).write(put));
    }
    // when
    try (var dynamo = DynamoDbLocal.inFolder(DynamoDbLocal.ANY_PORT, data);
        var client = dynamo.client(http)) {
      var found = new DynamoStore(client, TABLE).get(List.of(ITEM.key()));
      // then
      assertEquals(Map.of(ITEM.key(), ITEM), found);
    }
  }

  @Test
  void inMemory_listensOnLoopbackAloneUntilItIsClosed() throws IOException {
    // given
    var dynamo = DynamoDbLocal.inMemory(DynamoDbLocal.ANY_PORT);
    int port = dynamo.endpoint().getPort();
    // when, then
    new Socket(InetAddress.getLoopbackAddress(), port).close();
    for (var network : NetworkInterface.networkInterfaces().toList()) {
      for (var address : network.inetAddresses().filter(a -> !a.isLoopbackAddress()).toList()) {
        assertThrows(IOException.class, () -> new Socket(address, port).close());
      }
    }
    dynamo.close();
    assertThrows(
        IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
  }

  @Test
  void start_onATakenPort_saysSo() {
    try (var first = DynamoDbLocal.inMemory(DynamoDbLocal.ANY_PORT)) {
      int port = first.endpoint().getPort();
      var thrown =
          assertThrows(IllegalStateException.class, () -> DynamoDbLocal.inMemory(port).close());
      assertEquals("DynamoDB Local did not start on port " + port, thrown.getMessage());
    }
  }

  @Test
  void createTable_makesBothIndexesAndTheExpiry() {
    try (var dynamo = DynamoDbLocal.inMemory(DynamoDbLocal.ANY_PORT);
        var client = dynamo.client(http)) {
      // when
      TableSchema.createTable(client, TABLE);
      // then
      var table = client.describeTable(request -> request.tableName(TABLE)).table();
      assertEquals(
          List.of("due", "seen"),
          table.globalSecondaryIndexes().stream()
              .map(GlobalSecondaryIndexDescription::indexName)
              .sorted()
              .toList());
      assertEquals(
          List.of(ProjectionType.KEYS_ONLY, ProjectionType.KEYS_ONLY),
          table.globalSecondaryIndexes().stream()
              .map(index -> index.projection().projectionType())
              .toList());
      var ttl = client.describeTimeToLive(request -> request.tableName(TABLE));
      assertEquals("ttl", ttl.timeToLiveDescription().attributeName());
      assertEquals(TimeToLiveStatus.ENABLED, ttl.timeToLiveDescription().timeToLiveStatus());
    }
  }

  @Test
  void createTable_askedTwiceSinceTheAnswerWasLost_isMadeOnce() {
    // given
    var lossy = new FaultyHttp(http);
    try (var dynamo = DynamoDbLocal.inMemory(DynamoDbLocal.ANY_PORT);
        var client = dynamo.client(lossy)) {
      lossy.set(FaultyHttp.DROP_REPLY.times(1, FaultyHttp.NONE));
      // when
      TableSchema.createTable(client, TABLE);
      TableSchema.createTable(client, TABLE);
      // then
      var ttl = client.describeTimeToLive(request -> request.tableName(TABLE));
      assertEquals(TimeToLiveStatus.ENABLED, ttl.timeToLiveDescription().timeToLiveStatus());
      assertEquals(List.of(TABLE), client.listTables().tableNames());
    }
  }
}
