package crowd.local.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML with CloudFormation's short tags ({@code !Ref}, {@code !GetAtt}, ...). */
final class TemplateYaml {

  private static final List<String> TAGS =
      List.of("Ref", "GetAtt", "Sub", "If", "Equals", "Not", "And", "Or", "Join", "Select");

  private TemplateYaml() {}

  static Node read(Path file) throws IOException {
    return read(file.getFileName().toString(), Files.readString(file));
  }

  static Node read(String name, String yaml) {
    var settings = LoadSettings.builder().setLabel(name).build();
    return new Node(name, new Load(settings, new Constructor(settings)).loadFromString(yaml));
  }

  private static final class Constructor extends StandardConstructor {
    Constructor(LoadSettings settings) {
      super(settings);
      Map<Tag, ConstructNode> constructors = new HashMap<>();
      for (var name : TAGS) {
        constructors.put(new Tag("!" + name), node -> new Intrinsic(name, argument(node)));
      }
      tagConstructors.putAll(constructors);
    }

    private Object argument(org.snakeyaml.engine.v2.nodes.Node node) {
      return switch (node) {
        case ScalarNode scalar -> scalar.getValue();
        case SequenceNode sequence -> constructSequence(sequence);
        case MappingNode mapping -> constructMapping(mapping);
        default -> throw new IllegalStateException("an alias in a template");
      };
    }
  }
}
