package crowd.local.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whatever is referred to exists, and has the attribute that is asked for. */
final class References {

  private static final Set<String> OF_ACCOUNT =
      Set.of("AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackName", "AWS::URLSuffix");

  /** What {@code !GetAtt} may ask of each type in use. Another type has none until it is listed. */
  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.of(
          "AWS::DynamoDB::Table", Set.of("Arn", "StreamArn"),
          "AWS::Kinesis::Stream", Set.of("Arn"),
          "AWS::S3::Bucket", Set.of("Arn", "DomainName", "RegionalDomainName", "WebsiteURL"),
          "AWS::SQS::Queue", Set.of("Arn", "QueueName", "QueueUrl"),
          "AWS::Logs::LogGroup", Set.of("Arn"),
          "AWS::IAM::Role", Set.of("Arn", "RoleId"),
          "AWS::Events::Rule", Set.of("Arn"),
          "AWS::Serverless::Function", Set.of("Arn"),
          "AWS::Serverless::HttpApi", Set.of("ApiEndpoint", "ApiId"));

  private static final Pattern IN_TEXT = Pattern.compile("\\$\\{([^!}]+)}");

  private final Node template;
  private final Resources resources;
  private final Set<String> parameters;
  private final Set<String> conditions;
  private final List<String> broken = new ArrayList<>();

  References(Node template) {
    this.template = template;
    this.resources = Resources.of(template);
    this.parameters = template.get("Parameters").fields().keySet();
    this.conditions = template.get("Conditions").fields().keySet();
  }

  List<String> broken() {
    walk(template.path(), template.value(), Set.of());
    return broken;
  }

  /**
   * @param own names that a {@code !Sub} around it defines
   */
  private void walk(String path, @Nullable Object value, Set<String> own) {
    switch (value) {
      case Map<?, ?> map -> map.forEach((name, field) -> walk(path + "." + name, field, own));
      case List<?> list -> list.forEach(element -> walk(path + "[]", element, own));
      case Intrinsic(var name, Object argument) -> intrinsic(path, name, argument);
      case null, default -> {}
    }
  }

  private void intrinsic(String path, String name, Object argument) {
    switch (name) {
      case "Ref" -> ref(path, String.valueOf(argument));
      case "GetAtt" -> attribute(path, dotted(argument));
      case "Sub" -> sub(path, argument);
      case "If" -> {
        if (argument instanceof List<?> list && !conditions.contains("" + list.getFirst())) {
          broken.add(path + ": no condition " + list.getFirst());
        }
        walk(path, argument, Set.of());
      }
      default -> walk(path, argument, Set.of());
    }
  }

  private static String dotted(Object argument) {
    return argument instanceof List<?> list
        ? String.join(".", list.stream().map(String::valueOf).toList())
        : String.valueOf(argument);
  }

  private void sub(String path, Object argument) {
    var text = argument instanceof List<?> list ? "" + list.getFirst() : "" + argument;
    var own = new HashSet<String>();
    if (argument instanceof List<?> list && list.get(1) instanceof Map<?, ?> map) {
      map.keySet().forEach(name -> own.add("" + name));
      walk(path, map, own);
    }
    IN_TEXT
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(name -> !own.contains(name))
        .forEach(name -> {
          if (name.contains(".")) {
            attribute(path, name);
          } else {
            ref(path, name);
          }
        });
  }

  private void ref(String path, String name) {
    if (!OF_ACCOUNT.contains(name)
        && !parameters.contains(name)
        && resources.type(name).isEmpty()) {
      broken.add(path + ": nothing is called " + name);
    }
  }

  private void attribute(String path, String dotted) {
    var parts = dotted.split("\\.", 2);
    var type = resources.type(parts[0]);
    if (type.isEmpty()) {
      broken.add(path + ": no resource " + parts[0]);
    } else if (parts.length < 2
        || !ATTRIBUTES.getOrDefault(type.get(), Set.of()).contains(parts[1])) {
      broken.add(path + ": " + type.get() + " has no attribute in " + dotted);
    }
  }
}
