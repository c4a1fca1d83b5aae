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

/**
 * Pages of the local run alone: {@code /docs}, which shows {@code /openapi.json} to people, and
 * {@code /demo}, a shop with the SDK on it.
 */
final class LocalPages extends Handler.Abstract {

  /** Nothing of the page comes from anywhere else, whatever the document says. */
  private static final String OWN_ONLY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private record Page(String file, String type) {}

  private static final Map<String, Page> PAGES =
      Map.ofEntries(
          page("/docs", "docs/index.html"),
          page("/docs/", "docs/index.html"),
          page("/docs/docs.css", "docs/docs.css"),
          page("/docs/docs.js", "docs/docs.js"),
          page("/demo", "demo/index.html"),
          page("/demo/", "demo/index.html"),
          page("/demo/basket", "demo/basket.html"),
          page("/demo/account", "demo/account.html"),
          page("/demo/demo.css", "demo/demo.css"),
          page("/demo/demo.js", "demo/demo.js"));

  private static Map.Entry<String, Page> page(String path, String file) {
    var type =
        switch (file.substring(file.lastIndexOf('.') + 1)) {
          case "css" -> "css";
          case "js" -> "javascript";
          default -> "html";
        };
    return Map.entry(path, new Page(file, "text/" + type + "; charset=utf-8"));
  }

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
    try (var in = LocalPages.class.getResourceAsStream("/crowd/local/" + file)) {
      if (in == null) {
        throw new IllegalStateException("no page " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
