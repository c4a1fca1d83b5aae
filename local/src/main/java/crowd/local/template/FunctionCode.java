package crowd.local.template;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Each function's class is there, and is told by its environment what it reads, and no more. */
final class FunctionCode {

  private final Node template;
  private final List<String> broken = new ArrayList<>();

  FunctionCode(Node template) {
    this.template = template;
  }

  List<String> broken() {
    for (var resource : template.get("Resources").fields().values()) {
      if (resource.get("Type").text().equals(Resources.FUNCTION)) {
        check(resource.get("Properties"));
      }
    }
    return broken;
  }

  private void check(Node properties) {
    var handler = properties.get("Handler");
    try {
      var type = Class.forName(handler.text(), false, getClass().getClassLoader());
      if (!RequestStreamHandler.class.isAssignableFrom(type)) {
        broken.add(handler.path() + ": " + handler.text() + " is no handler");
      }
      var _ = type.getConstructor();
      variables(type, properties.get("Environment").get("Variables"));
    } catch (ClassNotFoundException e) {
      broken.add(handler.path() + ": no class " + handler.text());
    } catch (NoSuchMethodException e) {
      broken.add(handler.path() + ": Lambda cannot make a " + handler.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void variables(Class<?> handler, Node declared) throws IOException {
    var reads = VariablesRead.by(handler);
    var names = declared.fields().keySet();
    for (var name : reads) {
      if (!names.contains(name)) {
        broken.add(declared.path() + ": " + name + " is read and not declared");
      }
    }
    for (var name : names) {
      if (!reads.contains(name)) {
        broken.add(declared.path() + ": " + name + " is declared and not read");
      }
    }
  }
}
