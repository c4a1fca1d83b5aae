package crowd.bench.cloud;

import crowd.aws.Clients;
import crowd.aws.DynamoStore;
import crowd.aws.TableSchema;
import crowd.core.website.WebsiteAdmin;
import crowd.local.dev.Demo;
import crowd.local.dynamo.DynamoDbLocal;
import java.io.IOException;
import java.time.InstantSource;

/** What DynamoDB Local answers to a function, with the demo's website in its table. */
public final class Recording {

  /** Drives a function while the stub's answers are noted. */
  @FunctionalInterface
  public interface Drive {
    void run() throws IOException, InterruptedException;
  }

  private Recording() {}

  public static Script of(CloudStub stub, Drive drive) throws IOException, InterruptedException {
    try (var dynamo = DynamoDbLocal.inMemory(DynamoDbLocal.ANY_PORT);
        var http = Clients.newHttp();
        var client = dynamo.client(http)) {
      TableSchema.createTable(client, "crowd");
      Demo.addTo(new WebsiteAdmin(new DynamoStore(client, "crowd"), InstantSource.system()));
      var recorder = new Recorder(dynamo.endpoint());
      stub.use(recorder);
      drive.run();
      return recorder.script();
    }
  }
}
