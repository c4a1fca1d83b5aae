package crowd.local.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.aws.Clients;
import crowd.aws.DynamoStore;
import crowd.aws.TableSchema;
import crowd.core.website.KeyRole;
import crowd.core.website.Websites;
import crowd.core.website.Websites.Grant;
import crowd.local.dynamo.DynamoDbLocal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The commands on a table elsewhere, of which they know a name and an address. */
class DeployedTableIT {

  private static final String TABLE = "crowd-prod-Table-1A2B3C";

  /** What the environment says of an account; the SDK reads both. */
  private static final Map<String, String> ACCOUNT =
      Map.of("aws.region", "us-east-1", "aws.accessKeyId", "local", "aws.secretAccessKey", "local");

  private final DynamoDbLocal remote = DynamoDbLocal.inMemory(DynamoDbLocal.ANY_PORT);
  private final SdkHttpClient http = Clients.newHttp();
  private final DynamoDbClient client = remote.client(http);
  private Instant now = Instant.now();
  private final Websites websites = new Websites(new DynamoStore(client, TABLE), () -> now);

  @BeforeEach
  void deploy() {
    TableSchema.createTable(client, TABLE);
    ACCOUNT.forEach(System::setProperty);
  }

  @AfterEach
  void close() {
    ACCOUNT.keySet().forEach(System::clearProperty);
    client.close();
    http.close();
    remote.close();
  }

  private Ended crowd(String... arguments) {
    return Ended.of(
        List.of(arguments), "--table", TABLE, "--endpoint", remote.endpoint().toString());
  }

  private String rows() {
    return client.scan(scan -> scan.tableName(TABLE)).items().toString();
  }

  @Test
  void keys_areRotatedWithoutARefusal_andRevokedWithinAMinute() {
    // given
    assertEquals(
        new Ended(0, "added shop; make a key with: ./crowd key create shop", ""),
        crowd("site", "add", "shop", "--origin", "https://shop.example"));
    var first = crowd("key", "create", "shop").out();
    var oldId = websites.grant(first).map(Grant::keyId).orElseThrow();
    // when
    now = now.plus(Websites.MIN_AGE);
    var second = crowd("key", "create", "shop").out();
    // then
    assertTrue(websites.grant(first).isPresent());
    assertTrue(websites.grant(second).isPresent());
    // when
    assertEquals(new Ended(0, "revoked " + oldId, ""), crowd("key", "revoke", "shop", oldId));
    now = now.plus(Duration.ofSeconds(60));
    // then
    assertFalse(websites.grant(first).isPresent());
    assertTrue(websites.grant(second).isPresent());
  }

  @Test
  void aSecret_isShownOnce() {
    // given
    crowd("site", "add", "shop");
    // when
    var key = crowd("key", "create", "shop").out();
    var secret = crowd("site", "secret", "shop").out();
    // then
    assertFalse(rows().contains(key.substring(key.length() - 32)), "the table holds the key");
    for (var shown :
        List.of(
            crowd("key", "list", "shop"), crowd("site", "show", "shop"), crowd("site", "list"))) {
      assertEquals(0, shown.exit(), shown.err());
      assertFalse(shown.out().contains(key.substring(key.length() - 32)), shown.out());
      assertFalse(shown.out().contains(secret), shown.out());
    }
  }

  @Test
  void aReadKey_readsOnly() {
    // given
    crowd("site", "add", "shop");
    // when
    var read = crowd("key", "create", "shop", "--read").out();
    // then
    assertTrue(read.startsWith("rk_shop_"), read);
    assertEquals(KeyRole.READ, websites.grant(read).orElseThrow().role());
  }

  @Test
  void aTableThatIsNotThere_isOneLine() {
    // when
    var ended =
        Ended.of(
            List.of("site", "list"),
            "--table",
            "no-table",
            "--endpoint",
            remote.endpoint().toString());
    // then
    assertEquals(
        new Ended(
            1,
            "",
            "crowd: the table does not answer: look at its name, AWS_REGION and the credentials"),
        ended);
  }

  @Test
  void anEndpointAlone_orOneThatIsNone_isOneLine() {
    assertEquals(
        new Ended(1, "", "crowd: --endpoint is of no use without --table"),
        Ended.of(List.of("site", "list"), "--endpoint", "http://127.0.0.1:1"));
    assertEquals(
        new Ended(1, "", "crowd: --endpoint is an address, as in http://127.0.0.1:8000"),
        Ended.of(List.of("site", "list"), "--table", "t", "--endpoint", "nowhere"));
  }
}
