package dev.prosa.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.documents.OpenApi;
import dev.prosa.ingest.problem.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The small HTTP server over real sockets. Its routes echo what they were given.
class HttpFrontTest {

  private static final Duration BOUND = Duration.ofSeconds(20);

  private static final HttpFront FRONT =
      HttpFront.start(
          new HttpFront.Listening(
              InetAddress.getLoopbackAddress(), 0, Set.of("https://chat.example.com")),
          List.of(
              new Route(
                  "POST",
                  "/echo",
                  (event, _) ->
                      answer(200, event.getBody()).withHeaders(Map.of("Content-Type", "x/y"))),
              new Route(
                  "GET",
                  "/things/{id}",
                  (event, context) ->
                      answer(
                          200,
                          "%s %s %s"
                              .formatted(
                                  event.getPathParameters(),
                                  event.getQueryStringParameters(),
                                  context.getFunctionName()))),
              new Route("POST", "/things/{id}", (_, _) -> answer(204, "")),
              new Route("GET", "/lists/all/{id}", (_, _) -> answer(200, "all")),
              new Route("GET", "/lists/{list}/{id}", HttpFrontTest::variables),
              new Route("DELETE", "/lists/{list}", HttpFrontTest::variables),
              new Route("PATCH", "/lists/{list}", (event, _) -> answer(200, event.getBody()))),
          path -> path.equals("/page.js") ? file() : null);

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @AfterAll
  static void close() {
    CLIENT.close();
    FRONT.close();
  }

  private static APIGatewayProxyResponseEvent answer(int status, String body) {
    return new APIGatewayProxyResponseEvent().withStatusCode(status).withBody(body);
  }

  private static APIGatewayProxyResponseEvent variables(
      APIGatewayProxyRequestEvent event, Context context) {
    return answer(200, new TreeMap<>(event.getPathParameters()).toString());
  }

  private static StaticFile file() {
    return new StaticFile(
        "text/javascript", "let a".getBytes(StandardCharsets.UTF_8), new byte[] {1}, "\"e1\"");
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + FRONT.port() + path))
        .timeout(BOUND);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void isProblem(HttpResponse<String> response, ProblemCode code) {
    assertThat(response.statusCode()).isEqualTo(code.status());
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body())
        .contains("\"type\":\"about:blank\"", "\"title\":", "\"detail\":")
        .contains("\"status\":" + code.status(), "\"code\":\"" + code.code() + "\"");
    OpenApi.DOCUMENTED.requireProblem(response.body());
  }

  @Test
  void hands_a_request_to_its_route() throws IOException, InterruptedException {
    var body = HttpRequest.BodyPublishers.ofString("Grüße 👋");

    var response = send(request("/echo").POST(body));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("Grüße 👋");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void refuses_bytes_that_are_no_utf_8() throws IOException, InterruptedException {
    var body = HttpRequest.BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xC3, '"'});

    var response = send(request("/echo").POST(body));

    isProblem(response, ProblemCode.INVALID_JSON);
  }

  @Test
  void hands_over_variables_of_path_and_query() throws IOException, InterruptedException {
    var response = send(request("/things/a%20b?limit=3&cursor=x%26y&empty="));

    assertThat(response.body()).startsWith("{id=a b}").endsWith("/things/{id}");
    assertThat(response.body()).contains("limit=3", "cursor=x&y", "empty=");
  }

  @Test
  void answers_a_body_of_10_mb_so_that_the_client_can_read_it()
      throws IOException, InterruptedException {
    var body = HttpRequest.BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024]);

    var response = send(request("/echo").POST(body));

    isProblem(response, ProblemCode.BODY_TOO_LARGE);
  }

  @Test
  void answers_a_client_that_first_sends_its_10_mb_and_then_reads() throws IOException {
    var length = 10 * 1024 * 1024;
    var headers = "Host: localhost\r\nConnection: close\r\nContent-Length: " + length;

    var answer = raw("POST /echo HTTP/1.1\r\n" + headers + "\r\n\r\n" + "x".repeat(length));

    assertThat(answer).startsWith("HTTP/1.1 413").contains("\"code\":\"body_too_large\"");
  }

  @Test
  void takes_a_body_of_1_mib() throws IOException, InterruptedException {
    var body = HttpRequest.BodyPublishers.ofString("x".repeat(1024 * 1024));

    var response = send(request("/echo").POST(body));

    assertThat(response.body()).hasSize(1024 * 1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nothing", "/things", "/things/a/b", "/echo/", "/Echo"})
  void knows_no_other_route(String path) throws IOException, InterruptedException {
    isProblem(send(request(path)), ProblemCode.ROUTE_NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS"})
  void says_which_methods_a_route_knows(String method) throws IOException, InterruptedException {
    var nothing = HttpRequest.BodyPublishers.noBody();

    var response = send(request("/things/a").method(method, nothing));

    isProblem(response, ProblemCode.METHOD_NOT_ALLOWED);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/things/a?limit=3", "/nothing", "/page.js"})
  void answers_head_as_get_without_its_content(String path)
      throws IOException, InterruptedException {
    var got = send(request(path));

    var response = send(request(path).HEAD());

    assertThat(response.statusCode()).isEqualTo(got.statusCode());
    assertThat(response.body()).isEmpty();
    assertThat(withoutDate(response)).isEqualTo(withoutDate(got));
    assertThat(response.headers().firstValue("Content-Length"))
        .hasValue(Integer.toString(got.body().length()));
  }

  private static Map<String, List<String>> withoutDate(HttpResponse<String> response) {
    var headers = new TreeMap<>(response.headers().map());
    headers.remove("date");
    return headers;
  }

  @Test
  void a_connection_goes_on_after_a_head() throws IOException {
    var head = "HEAD /things/a HTTP/1.1\r\nHost: localhost\r\n\r\n";
    var get = "GET /lists/all/7 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    assertThat(raw(head + get)).endsWith("\r\n\r\nall").doesNotContain("{id=a}");
  }

  @Test
  void a_route_without_get_knows_no_head() throws IOException, InterruptedException {
    var response = send(request("/echo").HEAD());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://localhost:1", "http://127.0.0.1"})
  void keeps_pages_of_other_origins_out(String origin) throws IOException, InterruptedException {
    var response = send(request("/things/a").header("Origin", origin));

    isProblem(response, ProblemCode.FORBIDDEN_ORIGIN);
  }

  @Test
  void lets_the_pages_in_that_may_call() throws IOException, InterruptedException {
    for (var origin : List.of("https://chat.example.com", "http://localhost:" + FRONT.port())) {
      var response = send(request("/things/a").header("Origin", origin));

      assertThat(response.statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "evil.example:80", "", "[::2]"})
  void keeps_foreign_host_names_out(String host) throws IOException {
    var answer = raw("GET /things/a HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 403").contains("\"code\":\"forbidden_host\"");
  }

  @Test
  void keeps_foreign_host_names_out_where_another_address_stands_for_loopback() throws IOException {
    var published = new HttpFront.Listening(InetAddress.ofLiteral("0.0.0.0"), 0, Set.of(), true);

    try (var front = HttpFront.start(published, List.of(), StaticFiles.NONE)) {
      var request = "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";

      assertThat(raw(front, request.formatted("evil.example"))).contains("forbidden_host");
      assertThat(raw(front, request.formatted("localhost:80"))).contains("route_not_found");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1:8080", "[::1]", "[::1]:8080"})
  void lets_the_names_of_this_machine_in(String host) throws IOException {
    var answer = raw("GET /things/a HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\r\n\r\n", "GET\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"})
  void survives_what_is_not_http(String garbage) throws IOException, InterruptedException {
    assertThat(raw(garbage)).doesNotContain("\tat ", "dev.prosa");

    assertThat(send(request("/things/a")).statusCode()).isEqualTo(200);
  }

  /// What the JDK's server says by itself; this test is here to notice when it says something else.
  @Test
  void a_target_that_is_no_uri_is_refused_in_the_words_of_the_jdk() throws IOException {
    var answer = raw("GET /v1/jobs/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 400 Bad Request")
        .endsWith("\r\n\r\n<h1>400 Bad Request</h1>URISyntaxException thrown");
  }

  @Test
  void a_handler_that_waits_learns_of_the_stop_and_answers() throws InterruptedException {
    var waits = new CountDownLatch(1);
    var front = HttpFront.start(loopback(), List.of(waitingForTheEnd(waits)), StaticFiles.NONE);
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + "/wait"));
    var response =
        CLIENT.sendAsync(request.timeout(BOUND).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(waits.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();

    front.close();

    assertThat(response.join().statusCode()).isEqualTo(202);
  }

  private static HttpFront.Listening loopback() {
    return new HttpFront.Listening(InetAddress.getLoopbackAddress(), 0, Set.of());
  }

  private static Route waitingForTheEnd(CountDownLatch waits) {
    return new Route(
        "GET",
        "/wait",
        (_, context) -> {
          assertThat(context.getRemainingTimeInMillis()).isPositive();
          waits.countDown();
          // as soon as it can, because it has no more than a second for it
          await()
              .atMost(BOUND)
              .pollInterval(Duration.ofMillis(1))
              .until(() -> context.getRemainingTimeInMillis() == 0);
          return answer(202, "");
        });
  }

  private static String raw(String request) throws IOException {
    return raw(FRONT, request);
  }

  private static String raw(HttpFront front, String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), front.port())) {
      socket.setSoTimeout((int) BOUND.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      var answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      return answer.toString(StandardCharsets.UTF_8);
    }
  }

  @Test
  void serves_the_files_of_the_page() throws IOException, InterruptedException {
    var response = send(request("/page.js"));

    assertThat(response.body()).isEqualTo("let a");
    assertThat(response.headers().firstValue("ETag")).hasValue("\"e1\"");
    assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
  }

  @Test
  void does_not_send_a_file_again_that_the_browser_has() throws IOException, InterruptedException {
    var response = send(request("/page.js").header("If-None-Match", "\"e1\""));

    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void lets_an_allowed_page_read_the_answer() throws IOException, InterruptedException {
    var page = "https://chat.example.com";

    var response = send(request("/things/a").header("Origin", page));

    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue(page);
    assertThat(response.headers().allValues("Vary")).contains("Origin");
    assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void tells_a_browser_what_an_allowed_page_may_ask_for() throws IOException, InterruptedException {
    var response =
        send(
            request("/things/a")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://chat.example.com")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,idempotency-key"));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Access-Control-Allow-Methods")).hasValue("GET, POST");
    assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("authorization, content-type, idempotency-key, traceparent");
  }

  @Test
  void tells_a_browser_nothing_for_another_page() throws IOException, InterruptedException {
    var response =
        send(
            request("/things/a")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST"));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(response.headers().firstValue("Access-Control-Allow-Methods")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/lists/acme%2Fann/7, '{id=7, list=acme/ann}'",
    "/lists/acme%2fann%3F%23/a+b, '{id=a+b, list=acme/ann?#}'",
    "/lists/a%252Fb/x%C3%BC, '{id=xü, list=a%2Fb}'",
    "/lists/%2E%2E/%2F, '{id=/, list=..}'"
  })
  void divides_a_path_before_it_is_decoded(String path, String variables)
      throws IOException, InterruptedException {
    assertThat(send(request(path)).body()).isEqualTo(variables);
  }

  @Test
  void a_slash_that_is_encoded_makes_no_other_path() throws IOException, InterruptedException {
    isProblem(send(request("/lists%2Fb/7")), ProblemCode.ROUTE_NOT_FOUND);
    isProblem(send(request("/lists/a/b%2F7/c")), ProblemCode.ROUTE_NOT_FOUND);
  }

  @Test
  void takes_the_first_route_that_fits() throws IOException, InterruptedException {
    assertThat(send(request("/lists/all/7")).body()).isEqualTo("all");
    assertThat(send(request("/l%69sts/%61ll/7")).body()).isEqualTo("all");
  }

  @Test
  void serves_deletions_and_changes() throws IOException, InterruptedException {
    var deleted = send(request("/lists/a").DELETE());
    var body = HttpRequest.BodyPublishers.ofString("{}");
    var changed = send(request("/lists/a").method("PATCH", body));

    assertThat(deleted.body()).isEqualTo("{list=a}");
    assertThat(changed.body()).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "PATCH"})
  void tells_a_browser_that_a_page_may_delete_and_change(String method)
      throws IOException, InterruptedException {
    var response =
        send(
            request("/lists/acme%2Fann")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://chat.example.com")
                .header("Access-Control-Request-Method", method));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Access-Control-Allow-Methods"))
        .hasValue("DELETE, PATCH");
  }
}
