package dev.prosa.bench.providers;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A provider on this machine that answers every request in one way. It works on plain sockets, so
/// that it sees when the other side closes one, and speaks as much HTTP/1.1 (RFC 9112) as a client
/// library needs. Thread-safe.
final class LoopbackProvider implements AutoCloseable {

  /// As many may knock at once; the system may allow fewer (listen(2), `somaxconn`).
  private static final int BACKLOG = 4_096;

  private static final String LENGTH = "content-length:";

  private final ServerSocket server;
  private final Behaviour behaviour;
  private final ConcurrentHashMap.KeySetView<Socket, Boolean> sockets =
      ConcurrentHashMap.newKeySet();
  private final LinkedBlockingQueue<Long> closings = new LinkedBlockingQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  /// What is done with a request.
  @FunctionalInterface
  interface Behaviour {

    /// Answers on a thread of its own. When it returns without [LoopbackReply#end()], the client
    /// goes on waiting.
    void answer(LoopbackReply reply) throws IOException, InterruptedException;
  }

  private LoopbackProvider(ServerSocket server, Behaviour behaviour) {
    this.server = server;
    this.behaviour = behaviour;
  }

  static LoopbackProvider start(Behaviour behaviour) {
    try {
      var server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      var provider = new LoopbackProvider(server, behaviour);
      Thread.ofPlatform().daemon().name("loopback-provider").start(provider::accept);
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve a model", e);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:%d/v1".formatted(server.getLocalPort()));
  }

  /// How many requests have come.
  int requests() {
    return requests.get();
  }

  /// How many requests were being answered at the same time, at most.
  int mostOpen() {
    return mostOpen.get();
  }

  /// Forgets which connections have ended.
  void forgetClosings() {
    closings.clear();
  }

  /// When the next connection was seen to end, as [System#nanoTime()]; null when none ends within
  /// `limit`.
  @Nullable Long nextClosing(Duration limit) throws InterruptedException {
    return closings.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void accept() {
    try {
      while (true) {
        var socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      sockets.forEach(LoopbackProvider::closeQuietly);
    }
  }

  /// Reads until the other side is gone, whatever is being written meanwhile.
  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        skipRequest(in);
        requests.incrementAndGet();
        var reply = new LoopbackReply(socket.getOutputStream());
        Thread.ofVirtual().start(() -> answer(reply));
      }
    } catch (IOException gone) {
      closings.add(System.nanoTime());
    } finally {
      sockets.remove(socket);
    }
  }

  private void answer(LoopbackReply reply) {
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    try {
      behaviour.answer(reply);
    } catch (IOException gone) {
      // the thread that reads notes it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.decrementAndGet();
    }
  }

  private static void skipRequest(InputStream in) throws IOException {
    var length = 0L;
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.startsWith(LENGTH)) {
        length = Long.parseLong(line.substring(LENGTH.length()).strip());
      }
    }
    in.skipNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    return line.toString().strip().toLowerCase(Locale.ROOT);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a connection", e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end the provider", e);
    }
  }
}
