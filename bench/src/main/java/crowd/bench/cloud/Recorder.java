package crowd.bench.cloud;

import crowd.bench.wire.Reply;
import crowd.bench.wire.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Has DynamoDB Local answer, and notes what it says. */
public final class Recorder implements CloudStub.Source {

  private static final List<String> KEPT = List.of("content-type", "x-amz-crc32");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI dynamo;
  private final Map<String, List<Reply>> answers = new HashMap<>();

  public Recorder(URI dynamo) {
    this.dynamo = dynamo;
  }

  @Override
  public synchronized Reply to(Request request) throws IOException, InterruptedException {
    if (request.headers().getOrDefault("x-amz-target", "").startsWith("Kinesis")) {
      return Script.kinesis(request);
    }
    var forwarded =
        HttpRequest.newBuilder(dynamo)
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.body().bytes()));
    for (var name : List.of("x-amz-target", "content-type", "authorization", "x-amz-date")) {
      forwarded.header(name, request.headers().getOrDefault(name, ""));
    }
    var response = client.send(forwarded.build(), HttpResponse.BodyHandlers.ofByteArray());
    var headers = new HashMap<String, String>();
    KEPT.forEach(
        name -> response.headers().firstValue(name).ifPresent(value -> headers.put(name, value)));
    var reply = Reply.of(response.statusCode(), headers, response.body());
    answers.computeIfAbsent(request.operation(), _ -> new ArrayList<>()).add(reply);
    return reply;
  }

  public synchronized Script script() {
    return new Script(answers);
  }
}
