package crowd.bench.cloud;

import crowd.bench.wire.Reply;
import crowd.bench.wire.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the cloud answered to each operation, the first time, the second, and so on; past the end
 * the last again.
 */
public record Script(Map<String, List<Reply>> answers) {

  static final Script NOTHING = new Script(Map.of());

  /** To what was never recorded: an item that is not there, a write that is done. */
  private static final Reply EMPTY =
      Reply.of(
          200,
          Map.of("content-type", "application/x-amz-json-1.0"),
          "{}".getBytes(StandardCharsets.UTF_8));

  public Script {
    answers = Map.copyOf(answers);
  }

  /** Only the last answer to each operation: that of a process which is not at its beginning. */
  public Script settled() {
    var last = new HashMap<String, List<Reply>>();
    answers.forEach((operation, replies) -> last.put(operation, List.of(replies.getLast())));
    return new Script(last);
  }

  /** For a process that does not ask for the first of them. */
  public Script withoutFirst(String operation) {
    var left = new HashMap<>(answers);
    left.computeIfPresent(operation, (_, replies) -> replies.subList(1, replies.size()));
    return new Script(left);
  }

  /** Answers from the beginning. */
  public CloudStub.Source player() {
    var played = new HashMap<String, Integer>();
    return request -> {
      if (request.headers().getOrDefault("x-amz-target", "").startsWith("Kinesis")) {
        return kinesis(request);
      }
      var replies = answers.getOrDefault(request.operation(), List.of(EMPTY));
      synchronized (played) {
        int n = played.merge(request.operation(), 1, Integer::sum);
        return replies.get(Math.min(n, replies.size()) - 1);
      }
    };
  }

  /** {@code {"SequenceNumber": "1", "ShardId": "0"}}, in the format that was asked in. */
  static Reply kinesis(Request request) {
    var type = request.headers().getOrDefault("content-type", "");
    return type.contains("cbor")
        ? Reply.of(200, Map.of("content-type", type), receipt())
        : Reply.of(
            200,
            Map.of("content-type", type),
            "{\"SequenceNumber\":\"1\",\"ShardId\":\"0\"}".getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] receipt() {
    var bytes = new ByteArrayOutputStream();
    bytes.write(0xA2);
    for (var text : List.of("SequenceNumber", "1", "ShardId", "0")) {
      bytes.write(0x60 + text.length());
      bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }
}
