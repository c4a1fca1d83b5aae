package crowd.local.kinesis;

import crowd.local.npm.ToolMissingException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One emulator for all tests that ask for a {@link KinesisLocal}; without Node they are skipped.
 */
public final class KinesisExtension implements ParameterResolver {

  /** Tests run in the folder of their module; the tools are in that of the project. */
  private static final Path TOOLS = Path.of("..", ".crowd", "tools");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(KinesisLocal.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(KinesisExtension.class))
        .getOrComputeIfAbsent(KinesisLocal.class, _ -> start(), KinesisLocal.class);
  }

  private static KinesisLocal start() {
    try {
      return KinesisLocal.start(TOOLS);
    } catch (ToolMissingException e) {
      return Assumptions.abort(e.getMessage());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
