package crowd.local.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Each function's role allows what the function's code calls, what Lambda does in its name, and
 * nothing else.
 */
final class Rights {

  private static final List<String> READS_OF_LAMBDA =
      List.of(
          "DescribeStream",
          "DescribeStreamSummary",
          "GetRecords",
          "GetShardIterator",
          "ListShards");

  private final Map<String, List<Call>> calls;
  private final Node globals;
  private final Map<String, Node> resources;
  private final List<String> broken = new ArrayList<>();

  Rights(Node template, Map<String, List<Call>> calls) {
    this.calls = calls;
    this.globals = template.get("Globals").get("Function");
    this.resources = template.get("Resources").fields();
  }

  List<String> broken() {
    resources.forEach((name, resource) -> {
      if (resource.get("Type").text().equals(Resources.FUNCTION)) {
        try {
          compare(FunctionResource.feature(name), resource);
        } catch (IllegalArgumentException e) {
          broken.add("" + e.getMessage());
        }
      }
    });
    return broken;
  }

  private void compare(String feature, Node function) {
    var role = new RoleReader(resources).of(function);
    var called =
        Stream.concat(
                calls.getOrDefault(feature, List.of()).stream(),
                byLambda(function.get("Properties")).stream())
            .toList();
    for (var call : called) {
      if (!role.allows(call)) {
        broken.add(role.name() + " does not allow " + call);
      }
    }
    for (var allowance : role.allowances()) {
      if (allowance.keys().isEmpty()) {
        if (called.stream().noneMatch(call -> isFor(allowance, call))) {
          broken.add(role.name() + " allows " + allowance + ", and nobody asks for it");
        }
      } else {
        keys(role, allowance, called);
      }
    }
  }

  /** By name: one with a {@code *} is for no call. */
  private static boolean isFor(Allowance allowance, Call call) {
    return allowance.action().equals(call.action()) && allowance.resource().equals(call.resource());
  }

  private void keys(Role role, Allowance allowance, List<Call> called) {
    var asked =
        called.stream()
            .filter(call -> isFor(allowance, call))
            .flatMap(call -> call.keys().stream())
            .toList();
    for (var pattern : allowance.keys()) {
      if (asked.stream().noneMatch(key -> Allowance.isLike(pattern, key))) {
        broken.add(unasked(role, allowance, pattern));
        continue;
      }
      calls.values().stream()
          .flatMap(List::stream)
          .flatMap(call -> call.keys().stream())
          .filter(key -> Allowance.isLike(pattern, key))
          .filter(key -> asked.stream().noneMatch(one -> row(one).equals(row(key))))
          .distinct()
          .forEach(key -> broken.add(unasked(role, allowance, key)));
    }
  }

  private static String unasked(Role role, Allowance allowance, String key) {
    return "%s allows %s, and nobody asks for %s".formatted(role.name(), allowance, key);
  }

  /** What a key says of its row, without the website: no pattern tells websites apart. */
  private static String row(String key) {
    return key.substring(Math.max(0, key.indexOf('#')));
  }

  /** What Lambda does with the function's role. */
  private List<Call> byLambda(Node properties) {
    var variables = RoleReader.variables(properties);
    var found = new ArrayList<Call>();
    properties
        .get("LoggingConfig")
        .get("LogGroup")
        .resource()
        .ifPresent(log -> {
          found.add(call("logs:CreateLogStream", log));
          found.add(call("logs:PutLogEvents", log));
        });
    var tracing =
        properties.get("Tracing").isPresent() ? properties.get("Tracing") : globals.get("Tracing");
    if (tracing.optionalText().filter("Active"::equals).isPresent()) {
      found.add(call("xray:PutTraceSegments", "*"));
      found.add(call("xray:PutTelemetryRecords", "*"));
    }
    onFailure(properties.get("EventInvokeConfig"), variables, found);
    for (var event : properties.get("Events").fields().values()) {
      if (event.get("Type").text().equals("Kinesis")) {
        var settings = event.get("Properties");
        var stream = RoleReader.named(settings.get("Stream"), variables);
        READS_OF_LAMBDA.forEach(read -> found.add(call("kinesis:" + read, stream)));
        onFailure(settings, variables, found);
      }
    }
    return found;
  }

  private static void onFailure(Node settings, Map<String, String> variables, List<Call> found) {
    var destination = settings.get("DestinationConfig").get("OnFailure");
    if (!destination.isPresent()) {
      return;
    }
    var name = RoleReader.named(destination.get("Destination"), variables);
    switch (destination.get("Type").text()) {
      case "SQS" -> found.add(call("sqs:SendMessage", name));
      case "S3" -> {
        found.add(call("s3:ListBucket", name));
        found.add(call("s3:PutObject", name + "/aws/lambda/*"));
      }
      default ->
          throw new IllegalArgumentException(destination.path() + ": of a kind not understood");
    }
  }

  private static Call call(String action, String resource) {
    return new Call(action, resource, List.of());
  }
}
