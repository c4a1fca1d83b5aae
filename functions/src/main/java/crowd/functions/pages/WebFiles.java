package crowd.functions.pages;

import crowd.functions.http.HttpReply;
import crowd.functions.http.HttpRequest;
import crowd.functions.http.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What {@code ./crowd} built of the SDK and the dashboard, as it lies on the class path. Maven
 * alone does not build it: then it is not there, and the answer says so.
 */
final class WebFiles {

  /** One name, never a way to another folder. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

  /** For a page, which names the files of its own build. */
  private static final String ASK_AGAIN = "no-cache";

  /** For what has its hash in its name. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  /** For a file that websites name and we replace: a mended SDK is out within minutes. */
  private static final String FIVE_MINUTES = "public, max-age=300, stale-while-revalidate=86400";

  private final String folder;
  private final Map<String, WebFile> packed = new ConcurrentHashMap<>();

  /**
   * @param folder beside this class
   */
  WebFiles(String folder) {
    this.folder = folder;
  }

  /** The page at {@code /}. */
  HttpReply page(HttpRequest request) {
    return find("", "index.html", ASK_AGAIN)
        .map(file -> file.reply(request))
        .orElseGet(WebFiles::notBuilt);
  }

  HttpReply sdk(HttpRequest request) {
    var name = request.path().getOrDefault("file", "");
    return find("sdk/", name, FIVE_MINUTES)
        .map(file -> file.reply(request))
        .orElseGet(name.equals("crowd.js") ? WebFiles::notBuilt : HttpReply::noRoute);
  }

  HttpReply asset(HttpRequest request) {
    return find("assets/", request.path().getOrDefault("file", ""), FOR_EVER)
        .map(file -> file.reply(request))
        .orElseGet(HttpReply::noRoute);
  }

  /** Packed at the first call; names that are none are not kept, for anybody may make up many. */
  private Optional<WebFile> find(String in, String name, String cacheControl) {
    var path = folder + "/" + in + name;
    var known = Optional.ofNullable(packed.get(path));
    if (known.isPresent() || !NAME.matcher(name).matches()) {
      return known;
    }
    var read = read(path).map(bytes -> WebFile.of(name, bytes, cacheControl));
    read.ifPresent(file -> packed.put(path, file));
    return read;
  }

  private static Optional<byte[]> read(String path) {
    try (var file = WebFiles.class.getResourceAsStream(path)) {
      return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpReply notBuilt() {
    return HttpReply.problem(
        Problem.notFound(
            "not_built",
            "This build of the functions is without the web parts. ./crowd dev, ./crowd package and"
                + " ./crowd test build them, with Node 20; Maven alone does not."));
  }
}
