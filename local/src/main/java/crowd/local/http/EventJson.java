package crowd.local.http;

import crowd.core.json.Json;
import crowd.core.json.JsonText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request as the event of payload format 2.0. What is empty is left out. */
final class EventJson {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private EventJson() {}

  static String write(Request request, Routes.Match match, String requestId, Instant now) {
    var event = new LinkedHashMap<String, Json>();
    event.put("version", text("2.0"));
    event.put("routeKey", text(match.route().key()));
    event.put("rawPath", text(request.path()));
    event.put("rawQueryString", text(request.query()));
    var cookies = cookies(request);
    if (!cookies.isEmpty()) {
      event.put("cookies", new Json.Arr(cookies));
    }
    event.put("headers", texts(headers(request)));
    var query = query(request.query());
    if (!query.isEmpty()) {
      event.put("queryStringParameters", texts(query));
    }
    event.put("requestContext", context(request, match, requestId, now));
    if (!request.body().isEmpty()) {
      event.put("body", text(request.body().text()));
    }
    if (!match.parameters().isEmpty()) {
      event.put("pathParameters", texts(match.parameters()));
    }
    event.put("isBase64Encoded", new Json.Bool(request.body().isBase64()));
    return JsonText.write(new Json.Obj(event));
  }

  private static Json context(Request request, Routes.Match match, String requestId, Instant now) {
    var http = new LinkedHashMap<String, Json>();
    http.put("method", text(request.method()));
    http.put("path", text(request.path()));
    http.put("protocol", text(request.protocol()));
    http.put("sourceIp", text(request.sourceIp()));
    http.put("userAgent", text(request.header("user-agent")));
    var context = new LinkedHashMap<String, Json>();
    context.put("accountId", text("000000000000"));
    context.put("apiId", text("local"));
    context.put("domainName", text(request.header("host")));
    context.put("domainPrefix", text(request.header("host").split("[.:]", 2)[0]));
    context.put("http", new Json.Obj(http));
    context.put("requestId", text(requestId));
    context.put("routeKey", text(match.route().key()));
    context.put("stage", text("$default"));
    context.put("time", text(TIME.format(now)));
    context.put("timeEpoch", Json.Num.of(now.toEpochMilli()));
    return new Json.Obj(context);
  }

  /** Cookies have a field of their own; the gateway adds what it knows of the connection. */
  private static Map<String, String> headers(Request request) {
    var headers = new LinkedHashMap<String, String>();
    for (var name : request.headers().keySet()) {
      headers.put(name, request.header(name));
    }
    headers.remove("cookie");
    headers.merge("x-forwarded-for", request.sourceIp(), (before, own) -> before + ", " + own);
    headers.put("x-forwarded-proto", "http");
    return headers;
  }

  private static List<Json> cookies(Request request) {
    var cookies = new ArrayList<Json>();
    for (var line : request.headers().getOrDefault("cookie", List.of())) {
      for (var cookie : line.split(";", -1)) {
        if (!cookie.isBlank()) {
          cookies.add(text(cookie.strip()));
        }
      }
    }
    return cookies;
  }

  private static Map<String, String> query(String query) {
    var parameters = new LinkedHashMap<String, String>();
    for (var part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        var pair = part.split("=", 2);
        parameters.merge(
            Percent.decodeQuery(pair[0]),
            pair.length == 2 ? Percent.decodeQuery(pair[1]) : "",
            (before, more) -> before + "," + more);
      }
    }
    return parameters;
  }

  private static Json text(String value) {
    return new Json.Text(value);
  }

  private static Json texts(Map<String, String> values) {
    var fields = new LinkedHashMap<String, Json>();
    values.forEach((name, value) -> fields.put(name, text(value)));
    return new Json.Obj(fields);
  }
}
