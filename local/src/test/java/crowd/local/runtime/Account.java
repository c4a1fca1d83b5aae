package crowd.local.runtime;

import crowd.aws.Clients;
import crowd.aws.DynamoStore;
import crowd.aws.TableSchema;
import crowd.core.website.WebsiteAdmin;
import crowd.local.Project;
import crowd.local.dev.Demo;
import crowd.local.dynamo.DynamoDbLocal;
import crowd.local.template.FunctionResource;
import crowd.local.template.Template;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the functions of functions.jar find around them, a table for each; and what they print. */
final class Account implements AutoCloseable {

  private final Template template;
  private final DynamoDbLocal dynamo = DynamoDbLocal.inMemory(DynamoDbLocal.ANY_PORT);
  private final SdkHttpClient http = Clients.newHttp();
  private final DynamoDbClient client = dynamo.client(http);
  private final AcceptingStream stream = new AcceptingStream();
  private final Gate tables = new Gate(dynamo.endpoint());
  private final Gate streams = new Gate(URI.create(stream.endpoint()));
  private final ManagedRuntime runtime =
      ManagedRuntime.of(Project.file("functions/target/functions.jar"));
  private final List<String> log = new CopyOnWriteArrayList<>();

  Account() throws IOException {
    template = TemplateReader.read(Project.file("template.yaml"));
  }

  static String event(String name) throws IOException {
    return Files.readString(Project.file("events/" + name + ".json"));
  }

  Template template() {
    return template;
  }

  FunctionResource resource(String name) {
    return Optional.ofNullable(template.functions().get(name)).orElseThrow();
  }

  /** As {@link #resource}, but for its time. */
  FunctionResource resource(String name, Duration timeout) {
    var of = resource(name);
    return new FunctionResource(
        of.name(), of.handler(), timeout, of.memoryMegabytes(), of.environment(), of.role());
  }

  /** Makes a table with the demo website. */
  DynamoStore newTable(String table) {
    TableSchema.createTable(client, table);
    var store = new DynamoStore(client, table);
    Demo.addTo(new WebsiteAdmin(store, InstantSource.system()));
    return store;
  }

  /** A function on a table; the caller closes it. */
  PackagedFunction function(FunctionResource resource, String table) {
    return with(resource, resource.variables(Map.of("Table", table, "Stream", "crowd")));
  }

  /** A function that is told what is given and no more; the caller closes it. */
  PackagedFunction with(FunctionResource resource, Map<String, String> variables) {
    var environment = new HashMap<>(variables);
    environment.put("AWS_REGION", "eu-central-1");
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", tables.endpoint());
    environment.put("AWS_ENDPOINT_URL_KINESIS", streams.endpoint());
    return new PackagedFunction(resource, runtime, environment, 4, log::add);
  }

  /** How the table and the stream behave from now on. */
  void set(Gate.Mood mood) {
    tables.set(mood);
    streams.set(mood);
  }

  /** What a refusal of the table or of the stream has quoted. */
  List<String> quoted() {
    return Stream.concat(tables.quoted().stream(), streams.quoted().stream()).toList();
  }

  AcceptingStream stream() {
    return stream;
  }

  /** All that the functions have printed, a line each. */
  List<String> log() {
    return List.copyOf(log);
  }

  @Override
  public void close() throws IOException {
    tables.close();
    streams.close();
    stream.close();
    client.close();
    http.close();
    dynamo.close();
    runtime.close();
  }
}
