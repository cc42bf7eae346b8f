package dev.prosa.bench.providers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoopbackProviderTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Test
  void answers_several_requests_on_one_connection() throws IOException, InterruptedException {
    try (var provider = LoopbackProvider.start(LoopbackProviderTest::hello);
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var request =
          HttpRequest.newBuilder(provider.uri()).POST(BodyPublishers.ofString("{}")).build();

      var first = http.send(request, BodyHandlers.ofString()).body();
      var second = http.send(request, BodyHandlers.ofString()).body();

      assertThat(first).contains("\"content\":\"Hello.\"").endsWith("data: [DONE]\n\n");
      assertThat(second).isEqualTo(first);
      assertThat(provider.requests()).isEqualTo(2);
    }
  }

  @Test
  void sees_a_connection_end_in_the_middle_of_a_reply() throws IOException, InterruptedException {
    try (var provider = LoopbackProvider.start(_ -> {})) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), provider.uri().getPort());
      socket.getOutputStream().write("POST / HTTP/1.1\r\n\r\n".getBytes(UTF_8));

      socket.close();

      assertThat(provider.nextClosing(LIMIT)).isNotNull();
    }
  }

  private static void hello(LoopbackReply reply) throws IOException {
    reply.begin();
    reply.say("Hello.");
    reply.end();
  }
}
