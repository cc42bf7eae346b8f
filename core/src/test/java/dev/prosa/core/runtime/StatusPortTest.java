package dev.prosa.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusPortTest {

  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private final AtomicBoolean up = new AtomicBoolean(true);
  private final StatusPort status = StatusPort.open(loopback, 0, () -> "a_total 1.0\n", up::get);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
    status.close();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    var uri =
        URI.create("http://%s:%d%s".formatted(loopback.getHostAddress(), status.port(), path));
    var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  @Test
  void shows_the_metrics() throws IOException, InterruptedException {
    var answer = send("GET", "/metrics", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(StatusPort.METRICS_TYPE);
    assertThat(answer.body()).isEqualTo("a_total 1.0\n");
  }

  @Test
  void says_that_it_is_up() throws IOException, InterruptedException {
    assertThat(send("GET", "/health", "").body()).isEqualTo("{\"status\":\"up\"}");
  }

  @Test
  void says_that_it_is_down() throws IOException, InterruptedException {
    up.set(false);

    var answer = send("GET", "/health", "");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("{\"status\":\"down\"}");
  }

  @Test
  void says_that_a_process_is_up_that_has_nothing_to_ask() throws IOException {
    try (var plain = StatusPort.open(loopback, 0, () -> "", () -> true);
        var in =
            URI.create("http://127.0.0.1:%d/health".formatted(plain.port())).toURL().openStream()) {
      assertThat(in.readAllBytes()).asString().isEqualTo("{\"status\":\"up\"}");
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, /, 404", "GET, /metrics/x, 404", "POST, /metrics, 405", "HEAD, /health, 200"})
  void answers_everything_else_with_a_status(String method, String path, int expected)
      throws IOException, InterruptedException {
    assertThat(send(method, path, "").statusCode()).isEqualTo(expected);
  }

  @Test
  void does_not_read_a_large_body() throws IOException, InterruptedException {
    assertThat(send("POST", "/health", "x".repeat(10_000)).statusCode()).isEqualTo(405);
  }

  @Test
  @Timeout(30)
  void lets_go_of_requests_that_trickle_in() throws IOException, InterruptedException {
    var slow = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 8; i++) {
        var socket = new Socket(loopback, status.port());
        slow.add(socket);
        socket.getOutputStream().write("GET /hea".getBytes(StandardCharsets.US_ASCII));
      }

      assertThat(send("GET", "/health", "").statusCode()).isEqualTo(200);
    } finally {
      for (var socket : slow) {
        socket.close();
      }
    }
  }
}
