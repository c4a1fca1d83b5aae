package crowd.local.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the role of a function as IAM does, as far as this template goes: statements that allow, in
 * the role and in policies of the template. What is not understood is refused, not passed over.
 */
final class RoleReader {

  private static final Set<String> UNDERSTOOD =
      Set.of("Sid", "Effect", "Action", "Resource", "Condition");
  private static final Pattern ARN_IN_TEXT = Pattern.compile("\\$\\{(\\w+)\\.Arn}(.*)");

  private final Map<String, Node> resources;

  RoleReader(Map<String, Node> resources) {
    this.resources = resources;
  }

  /**
   * @throws IllegalArgumentException if something in it is not understood; names its place
   */
  Role of(Node function) {
    var properties = function.get("Properties");
    if (properties.get("Policies").isPresent()) {
      throw new IllegalArgumentException(properties.get("Policies").path() + ": not understood");
    }
    var name = properties.get("Role").resource().orElse("");
    var role = resources.get(name);
    var allowances = new ArrayList<Allowance>();
    if (role != null) {
      var variables = variables(properties);
      documents(role.get("Properties"))
          .forEach(document ->
              document
                  .get("Statement")
                  .elements()
                  .forEach(statement -> allowances.addAll(allowances(statement, variables))));
    }
    return new Role(name, allowances);
  }

  /** The variables that name a resource, by its logical name. */
  static Map<String, String> variables(Node properties) {
    var variables = new HashMap<String, String>();
    properties
        .get("Environment")
        .get("Variables")
        .fields()
        .forEach((variable, value) ->
            value.resource().ifPresent(resource -> variables.put(resource, variable)));
    return variables;
  }

  private List<Node> documents(Node properties) {
    var documents = new ArrayList<Node>();
    for (var policy : properties.get("Policies").elements()) {
      documents.add(policy.get("PolicyDocument"));
    }
    for (var arn : properties.get("ManagedPolicyArns").elements()) {
      var policy = resources.get(arn.resource().orElse(""));
      if (policy == null) {
        throw new IllegalArgumentException(arn.path() + ": no policy of this template");
      }
      documents.add(policy.get("Properties").get("PolicyDocument"));
    }
    return documents;
  }

  private static List<Allowance> allowances(Node statement, Map<String, String> variables) {
    if (!UNDERSTOOD.containsAll(statement.fields().keySet())
        || !statement.get("Effect").text().equals("Allow")) {
      throw new IllegalArgumentException(statement.path() + ": not understood");
    }
    var keys = keys(statement.get("Condition"));
    var allowances = new ArrayList<Allowance>();
    for (var action : oneOrMore(statement.get("Action"))) {
      for (var resource : oneOrMore(statement.get("Resource"))) {
        allowances.add(new Allowance(action.text(), named(resource, variables), keys));
      }
    }
    return allowances;
  }

  private static List<String> keys(Node condition) {
    if (!condition.isPresent()) {
      return List.of();
    }
    var like = condition.get("ForAllValues:StringLike");
    var keys = like.get("dynamodb:LeadingKeys");
    if (!condition.fields().keySet().equals(Set.of("ForAllValues:StringLike"))
        || !like.fields().keySet().equals(Set.of("dynamodb:LeadingKeys"))
        || oneOrMore(keys).isEmpty()) {
      throw new IllegalArgumentException(condition.path() + ": not understood");
    }
    return oneOrMore(keys).stream().map(Node::text).toList();
  }

  private static List<Node> oneOrMore(Node node) {
    return node.value() instanceof List<?> ? node.elements() : List.of(node);
  }

  /** {@code Table.Arn} by its variable; what follows an ARN in a text follows it here too. */
  static String named(Node resource, Map<String, String> variables) {
    return switch (resource.value()) {
      case String text -> text;
      case Intrinsic(var name, String argument) when name.equals("GetAtt") ->
          argument.endsWith(".Arn")
              ? named(argument.substring(0, argument.length() - ".Arn".length()), variables)
              : argument;
      case Intrinsic(var name, String argument) when name.equals("Sub") -> {
        var arn = ARN_IN_TEXT.matcher(argument);
        if (!arn.matches()) {
          throw new IllegalArgumentException(resource.path() + ": not understood");
        }
        yield named(arn.group(1), variables) + arn.group(2);
      }
      case null, default -> throw new IllegalArgumentException(resource.path() + ": not an ARN");
    };
  }

  private static String named(String logical, Map<String, String> variables) {
    return variables.getOrDefault(logical, logical);
  }
}
