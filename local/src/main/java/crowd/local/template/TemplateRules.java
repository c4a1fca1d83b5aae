package crowd.local.template;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be true of template.yaml and no linter can tell, because it is about the code, or finds
 * only where it is deployed.
 */
public final class TemplateRules {

  private TemplateRules() {}

  /**
   * @return a line for each mistake, with its place
   */
  public static List<String> broken(Path file) throws IOException {
    return broken(TemplateYaml.read(file));
  }

  static List<String> broken(Node template) {
    var problems = new ArrayList<String>();
    problems.addAll(new References(template).broken());
    problems.addAll(new FunctionCode(template).broken());
    if (problems.isEmpty()) {
      // Who may do what can be told only once everything is what it is called.
      problems.addAll(new Rights(template, KnownCalls.read()).broken());
    }
    problems.addAll(new Limits(template).broken());
    problems.addAll(new MetricNames(template).broken());
    return problems;
  }
}
