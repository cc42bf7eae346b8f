package dev.prosa.ingest.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.sun.net.httpserver.HttpExchange;
import dev.prosa.ingest.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request and its answer.
final class HttpTalk {

  /// API Gateway takes at most 10 MB (Amazon API Gateway quotas); the handlers take far less.
  static final int MAX_BODY_BYTES = 1024 * 1024;

  /// How much of a body that is too large is read and thrown away, so that the client gets to read
  /// the answer instead of a broken connection.
  private static final long MAX_DRAIN_BYTES = 16L * 1024 * 1024;

  /// Everything comes from here; the WebSocket may be on another port.
  private static final String POLICY =
      "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self'; style-src 'self';"
          + " script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none';"
          + " form-action 'none'";

  private final HttpExchange exchange;

  HttpTalk(HttpExchange exchange) {
    this.exchange = exchange;
  }

  /// The method of the route that is meant: a HEAD is answered as a GET without its content (RFC
  /// 9110, section 9.3.2).
  String method() {
    return isHead() ? "GET" : exchange.getRequestMethod();
  }

  private boolean isHead() {
    return exchange.getRequestMethod().equals("HEAD");
  }

  boolean isRead() {
    return method().equals("GET");
  }

  /// The path, decoded.
  String path() {
    return Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "/");
  }

  /// The path as it was sent, where a slash inside of a variable is `%2F`.
  String rawPath() {
    return Objects.requireNonNullElse(exchange.getRequestURI().getRawPath(), "/");
  }

  @Nullable String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  /// Says these with the answer, whatever it is.
  void say(Map<String, String> headers) {
    headers.forEach(exchange.getResponseHeaders()::set);
  }

  /// Whether a browser asks what a page may ask for.
  boolean isPreflight() {
    return method().equals("OPTIONS") && header("Access-Control-Request-Method") != null;
  }

  /// Answers that there is nothing to say but headers.
  void sendNothing() throws IOException {
    send(204, new byte[0]);
  }

  /// The body; null when it is too large.
  byte @Nullable [] body() throws IOException {
    try (var in = exchange.getRequestBody()) {
      var body = in.readNBytes(MAX_BODY_BYTES + 1);
      if (body.length <= MAX_BODY_BYTES) {
        return body;
      }
      drain(in);
      return null;
    }
  }

  private static void drain(InputStream in) throws IOException {
    var buffer = new byte[8192];
    long drained = 0;
    for (int n = in.read(buffer); n >= 0 && drained < MAX_DRAIN_BYTES; n = in.read(buffer)) {
      drained += n;
    }
  }

  /// The text that `body` spells in UTF-8; null when it spells none. Bytes that are no character
  /// are not replaced by one: what is stored shall be what was sent.
  static @Nullable String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }

  /// The request as API Gateway would hand it to a Lambda.
  APIGatewayProxyRequestEvent event(Map<String, String> variables, String text) {
    var headers = new HashMap<String, String>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getLast()));
    return new APIGatewayProxyRequestEvent()
        .withHttpMethod(method())
        .withPath(path())
        .withPathParameters(variables)
        .withHeaders(headers)
        .withQueryStringParameters(query())
        .withBody(text)
        .withIsBase64Encoded(false);
  }

  private Map<String, String> query() {
    var query = new HashMap<String, String>();
    var raw = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
    for (var pair : raw.split("&", -1)) {
      var at = pair.indexOf('=');
      if (at > 0) {
        query.put(decode(pair.substring(0, at)), decode(pair.substring(at + 1)));
      }
    }
    return query;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }

  void send(Problem problem) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", Problem.MEDIA_TYPE);
    send(problem.status(), problem.toJson().getBytes(StandardCharsets.UTF_8));
  }

  void send(APIGatewayProxyResponseEvent answer) throws IOException {
    say(Objects.requireNonNullElse(answer.getHeaders(), Map.of()));
    var body = Objects.requireNonNullElse(answer.getBody(), "");
    send(answer.getStatusCode(), body.getBytes(StandardCharsets.UTF_8));
  }

  void send(StaticFile file) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", file.mediaType());
    headers.set("Cache-Control", "no-cache");
    headers.set("ETag", file.etag());
    headers.set("Content-Security-Policy", POLICY);
    headers.add("Vary", "Accept-Encoding");
    if (file.etag().equals(header("If-None-Match"))) {
      send(304, new byte[0]);
      return;
    }
    var gzip = Objects.requireNonNullElse(header("Accept-Encoding"), "").contains("gzip");
    if (gzip) {
      headers.set("Content-Encoding", "gzip");
    }
    send(200, gzip ? file.gzipped() : file.plain());
  }

  private void send(int status, byte[] body) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    if (body.length > 0 && isHead()) {
      headers.set("Content-Length", Integer.toString(body.length));
    }
    var empty = body.length == 0 || isHead();
    exchange.sendResponseHeaders(status, empty ? -1 : body.length);
    if (!empty) {
      exchange.getResponseBody().write(body);
    }
  }
}
