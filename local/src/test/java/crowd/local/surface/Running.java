package crowd.local.surface;

import crowd.core.website.WebsiteAdmin;
import crowd.local.Project;
import crowd.local.console.Console;
import crowd.local.dev.LocalStack;
import crowd.local.openapi.Contract;
import crowd.local.template.Template;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One local run for all test classes, and one {@link Stage} for those that need one; tests keep
 * apart by ids of their own.
 */
final class Running implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Running.class);

  /** Whatever a test sends and is answered is as docs/openapi.yaml says. */
  static final Contract CONTRACT = new Contract();

  private static Template template() {
    try {
      return TemplateReader.read(Project.file("template.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LocalStack start() {
    try {
      var silent = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
      return LocalStack.start(
          template(),
          0,
          Optional.empty(),
          Path.of(""),
          false,
          new Console(silent, InstantSource.system(), ZoneOffset.UTC, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static LocalStack stack(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(LocalStack.class, _ -> start(), LocalStack.class);
  }

  private static Stage stage(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Stage.class, _ -> Stage.start(template()), Stage.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Api.class || type == WebsiteAdmin.class || type == Stage.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    if (type == Stage.class) {
      return stage(context);
    }
    return type == Api.class ? new Api(stack(context).port(), CONTRACT) : stack(context).websites();
  }
}
