package dev.prosa.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.worker.testing.ManualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A host that does not even say no: its queue is full, so that the kernel drops who knocks.
class OpenAiConnectTest {

  private static final int MOST_IN_QUEUE = 100;

  private final List<Socket> queue = new ArrayList<>();
  private ServerSocket server;

  @BeforeEach
  void fill() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    try {
      while (queue.size() < MOST_IN_QUEUE) {
        var socket = new Socket();
        queue.add(socket);
        socket.connect(address, 300);
      }
    } catch (SocketTimeoutException full) {
      // as it should be
    }
  }

  @AfterEach
  void close() throws IOException {
    for (var socket : queue) {
      socket.close();
    }
    server.close();
  }

  private void ask() throws ModelException {
    var uri = URI.create("http://127.0.0.1:%d/v1".formatted(server.getLocalPort()));
    var endpoint = OpenAiEndpoint.of("p-1", uri, "sk-canary-1", "m-1", Duration.ofSeconds(20));
    LanguageModel.openAi(endpoint, new ManualTime()).stream(
        null, ConversationContext.EMPTY, "Hi", _ -> {});
  }

  @Test
  void was_never_reached() {
    var failure = catchThrowableOfType(ModelException.class, this::ask);

    assertThat(failure.kind()).isEqualTo(ModelException.Kind.AWAY);
    assertThat(failure.code()).isEqualTo(FailureCode.PROVIDER_UNAVAILABLE);
  }

  @Test
  void is_left_before_its_time_is_over_when_the_call_is_interrupted() throws InterruptedException {
    var ended = new CompletableFuture<String>();
    var begun = new CountDownLatch(1);
    var asking =
        Thread.ofVirtual()
            .start(() -> {
              begun.countDown();
              try {
                ask();
                ended.complete("answered");
              } catch (ModelException e) {
                ended.complete(e.kind().name());
              } catch (RuntimeException e) {
                ended.complete("a bug: " + e);
              }
            });
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    asking.interrupt();

    // one whose time to connect is over was away
    assertThat(ended.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("BROKEN");
  }
}
