package crowd.functions.pages;

import crowd.core.json.Json;
import crowd.functions.Wiring;
import crowd.functions.http.Edge;
import crowd.functions.http.HttpFunction;
import crowd.functions.http.HttpReply;
import crowd.functions.http.HttpRequest;
import java.util.function.Supplier;

/**
 * The health of the service, what its API is, the files for browsers; and a problem for every path
 * that there is not.
 */
public final class PagesHandler extends HttpFunction {

  private static final HttpReply HEALTHY =
      HttpReply.ok(Json.Obj.EMPTY.with("status", new Json.Text("ok")));

  private final WebFiles files;

  public PagesHandler() {
    this(Wiring.edgeAlone(), new WebFiles("web"));
  }

  public PagesHandler(Wiring wiring) {
    this(wiring.edge(), new WebFiles("web"));
  }

  PagesHandler(Edge edge, WebFiles files) {
    super("pages", edge);
    this.files = files;
  }

  @Override
  protected HttpReply handle(HttpRequest request) {
    return switch (request.route()) {
      case "/health" -> get(request, () -> HEALTHY);
      case "/openapi.json" -> get(request, () -> HttpReply.ok(Document.read()));
      case "/" -> get(request, () -> files.page(request));
      case "/sdk/{file}" -> get(request, () -> files.sdk(request));
      case "/assets/{file}" -> get(request, () -> files.asset(request));
      default -> HttpReply.noRoute();
    };
  }

  private static HttpReply get(HttpRequest request, Supplier<HttpReply> page) {
    return request.method().equals("GET") ? page.get() : HttpReply.methodNotAllowed("GET");
  }
}
