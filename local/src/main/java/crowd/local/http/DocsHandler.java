package crowd.local.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code /docs}: a page of the local run alone that shows {@code /openapi.json} to people. */
final class DocsHandler extends Handler.Abstract {

  /** Nothing of the page comes from anywhere else, whatever the document says. */
  private static final String OWN_ONLY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private record Page(String file, String type) {}

  private static final Page INDEX = new Page("index.html", "text/html; charset=utf-8");

  private static final Map<String, Page> PAGES =
      Map.of(
          "/docs",
          INDEX,
          "/docs/",
          INDEX,
          "/docs/docs.css",
          new Page("docs.css", "text/css; charset=utf-8"),
          "/docs/docs.js",
          new Page("docs.js", "text/javascript; charset=utf-8"));

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var page = Optional.ofNullable(request.getHttpURI().getPath()).map(PAGES::get);
    if (page.isEmpty() || !request.getMethod().equals("GET")) {
      return false;
    }
    response.getHeaders().put("content-type", page.get().type());
    response.getHeaders().put("content-security-policy", OWN_ONLY);
    response.getHeaders().put("x-content-type-options", "nosniff");
    response.getHeaders().put("cache-control", "no-cache");
    response.setStatus(200);
    response.write(true, ByteBuffer.wrap(bytes(page.get().file())), callback);
    return true;
  }

  private static byte[] bytes(String file) {
    try (var in = DocsHandler.class.getResourceAsStream("/crowd/local/docs/" + file)) {
      if (in == null) {
        throw new IllegalStateException("no page " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
