package dev.prosa.worker.testing;

import dev.prosa.worker.llm.LanguageModel;
import dev.prosa.worker.llm.OpenAiEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// An endpoint on bare sockets, which can break every rule of HTTP. It plays the same script for
/// every request, one request on each connection. Thread-safe.
public final class ScriptedProvider implements AutoCloseable {

  private static final Duration TOTAL = Duration.ofSeconds(30);

  private final String name;
  private final Script script;
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  /// What is sent once a request was read.
  @FunctionalInterface
  public interface Script {
    void play(Wire wire) throws IOException;
  }

  /// @param name of the provider in events and records
  public ScriptedProvider(String name, Script script) {
    this.name = name;
    this.script = script;
    try {
      this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        var socket = server.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException over) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      if (!readRequest(socket)) {
        return;
      }
      calls.incrementAndGet();
      script.play(new Wire(socket));
    } catch (IOException gone) {
      // whoever asked has left, which is what some tests wait for
    } finally {
      closed.countDown();
    }
  }

  /// Reads head and body; false when it is not HTTP.
  private static boolean readRequest(Socket socket) throws IOException {
    var in = socket.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      var next = in.read();
      if (next < 0 || (head.isEmpty() && next != 'P')) {
        return false;
      }
      head.append((char) next);
    }
    var length =
        head.toString()
            .lines()
            .map(line -> line.toLowerCase(Locale.ROOT))
            .filter(line -> line.startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .sum();
    return in.readNBytes(length).length == length;
  }

  /// The model `m-1` of this provider.
  public LanguageModel model(InstantSource clock) {
    return modelAt(uri("http", "127.0.0.1"), clock);
  }

  /// The model `m-1` at another address under the same name.
  public LanguageModel modelAt(URI uri, InstantSource clock) {
    return LanguageModel.openAi(OpenAiEndpoint.of(name, uri, "sk-canary-1", "m-1", TOTAL), clock);
  }

  /// Where it listens, under another scheme or name.
  public URI uri(String scheme, String host) {
    return URI.create("%s://%s:%d/v1".formatted(scheme, host, server.getLocalPort()));
  }

  /// How many requests came.
  public int calls() {
    return calls.get();
  }

  /// Waits until the client has closed its socket or `bound` is over, and tells which.
  public boolean seesItClosedWithin(Duration bound) throws InterruptedException {
    return closed.await(bound.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Stops listening: from now on connections are refused.
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
    threads.close();
  }
}
