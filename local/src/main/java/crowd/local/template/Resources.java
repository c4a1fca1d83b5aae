package crowd.local.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The types of what the template makes, by logical name: also of what SAM makes of its events. */
record Resources(Map<String, String> types) {

  static final String FUNCTION = "AWS::Serverless::Function";

  private static final Map<String, String> OF_EVENTS =
      Map.of("Kinesis", "AWS::Lambda::EventSourceMapping", "Schedule", "AWS::Events::Rule");

  static Resources of(Node template) {
    var types = new LinkedHashMap<String, String>();
    template
        .get("Resources")
        .fields()
        .forEach((name, resource) -> {
          types.put(name, resource.get("Type").text());
          if (resource.get("Type").text().equals(FUNCTION)) {
            resource
                .get("Properties")
                .get("Events")
                .fields()
                .forEach((event, settings) ->
                    Optional.ofNullable(OF_EVENTS.get(settings.get("Type").text()))
                        .ifPresent(type -> types.put(name + event, type)));
          }
        });
    return new Resources(types);
  }

  Optional<String> type(String name) {
    return Optional.ofNullable(types.get(name));
  }
}
