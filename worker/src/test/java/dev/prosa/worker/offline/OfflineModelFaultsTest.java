package dev.prosa.worker.offline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineModelFaultsTest {

  private final OfflineModel model = OfflineModel.start(Pace.IMMEDIATE, InstantSource.system());
  private final Chat chat = new Chat(model);

  @AfterEach
  void stop() {
    chat.close();
    model.close();
  }

  @Test
  void fails_always() throws IOException, InterruptedException {
    for (var i = 0; i < 5; i++) {
      assertThat(chat.whole("/fail").statusCode()).isEqualTo(500);
    }
  }

  @Test
  void fails_the_given_number_of_times_and_then_answers() throws IOException, InterruptedException {
    assertThat(chat.stream("/fail 2").status()).isEqualTo(500);
    assertThat(chat.stream("/fail 2").status()).isEqualTo(500);
    assertThat(chat.stream("/fail 2").text()).contains("offline demo model");
  }

  @Test
  void fails_again_once_it_has_answered() throws IOException, InterruptedException {
    assertThat(chat.stream("/fail 1").status()).isEqualTo(500);
    assertThat(chat.stream("/fail 1").status()).isEqualTo(200);

    assertThat(chat.stream("/fail 1").status()).isEqualTo(500);
  }

  @Test
  void counts_calls_of_each_conversation_for_itself() throws IOException, InterruptedException {
    assertThat(chat.stream("/fail 1").status()).isEqualTo(500);

    assertThat(chat.stream("hello", "answer", "/fail 1").status()).isEqualTo(500);
  }

  @Test
  void limits_the_rate_once() throws IOException, InterruptedException {
    var limited = chat.whole("/429");

    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(limited.body()).contains("\"error\":{\"message\":", "rate_limit_error");
    assertThat(chat.whole("/429").statusCode()).isEqualTo(200);
  }

  @Test
  void cuts_the_connection_in_the_middle_once() throws IOException, InterruptedException {
    assertThatThrownBy(() -> chat.stream("/cut")).isInstanceOf(IOException.class);

    assertThat(chat.stream("/cut").text()).contains("offline demo model");
  }

  @Test
  void ends_a_cut_connection_without_the_last_chunk_after_some_words() throws IOException {
    var body = "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"/cut always\"}]}";
    var request =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body);

    try (var socket = new Socket(model.baseUri().getHost(), model.baseUri().getPort())) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      var received = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertThat(received).contains("\"role\":", "\"delta\":{\"content\":").doesNotContain("DONE");
      assertThat(received).doesNotEndWith("0\r\n\r\n");
    }
  }

  @Test
  void cuts_the_connection_always() {
    for (var i = 0; i < 5; i++) {
      assertThatThrownBy(() -> chat.stream("/cut always")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void answers_with_a_page_instead_of_a_completion() throws IOException, InterruptedException {
    var response = chat.whole("/garbage");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(response.body()).startsWith("<html>");
  }

  @Test
  void stalls_after_some_words_until_it_is_closed() throws IOException, InterruptedException {
    var lines = lines(chat.open("/stall"));
    assertThat(lines.readLine()).contains("\"role\":\"assistant\"");

    var rest = CompletableFuture.runAsync(() -> assertThat(lines.lines().toList()).isEmpty());

    assertThatThrownBy(() -> rest.get(400, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    model.close();
    assertThat(rest).failsWithin(Duration.ofSeconds(20));
  }

  @Test
  void is_slow_between_words() throws IOException, InterruptedException {
    var begin = System.nanoTime();
    var lines = lines(chat.open("/slow"));

    var words = lines.lines().filter(line -> line.contains("content")).limit(4).toList();

    assertThat(words).hasSize(4);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(390));
  }

  @Test
  void answers_at_length() throws IOException, InterruptedException {
    assertThat(chat.stream("/long").text().split("\\s+", -1)).hasSizeBetween(380, 430);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "two  spaces\n\n\tand lines\n", "emoji 👩‍👩‍👧 😀", "/help", "a"})
  void echoes_exactly_the_text(String text) throws IOException, InterruptedException {
    assertThat(chat.stream("/echo " + text).text()).isEqualTo(text);
  }

  @Test
  void lists_the_commands() throws IOException, InterruptedException {
    assertThat(chat.stream("/help").text())
        .contains("/slow", "/long", "/fail N", "/429", "/stall", "/cut always", "/garbage", "/echo")
        .contains("offline demo model");
  }

  @Test
  void takes_an_unknown_command_for_a_question() throws IOException, InterruptedException {
    assertThat(chat.stream("/tea please").text()).contains("> /tea please");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "null",
        "{}",
        "{\"messages\":[]}",
        "{\"messages\":[{\"content\":\"hello\"}]}",
        "{\"messages\":[{\"role\":\"system\",\"content\":\"hello\"}]}",
      })
  void refuses_a_body_that_is_not_a_request(String body) throws IOException, InterruptedException {
    var response = chat.post(body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("invalid_request_error");
  }

  @Test
  void refuses_json_that_is_nested_too_deeply() throws IOException, InterruptedException {
    assertThat(chat.post("[".repeat(100_000)).statusCode()).isEqualTo(400);
  }

  @Test
  void refuses_a_body_over_the_limit() throws IOException, InterruptedException {
    assertThat(chat.whole("x".repeat(5_000_000)).statusCode()).isEqualTo(413);
  }

  @Test
  void refuses_more_streams_than_it_may_have() throws IOException, InterruptedException {
    try (var small = OfflineModelServer.start(Pace.IMMEDIATE, InstantSource.system(), 1);
        var client = new Chat(small)) {
      assertThat(lines(client.open("/stall")).readLine()).contains("assistant");

      assertThat(client.whole("hello").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void refuses_another_method() throws IOException, InterruptedException {
    assertThat(chat.get("/chat/completions").statusCode()).isEqualTo(405);
  }

  private static BufferedReader lines(HttpResponse<InputStream> response) {
    return new BufferedReader(new InputStreamReader(response.body(), UTF_8));
  }
}
