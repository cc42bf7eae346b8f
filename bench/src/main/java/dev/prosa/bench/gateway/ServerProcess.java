package dev.prosa.bench.gateway;

import dev.prosa.core.connection.GatewayId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A server under test, in a process of its own. What it says goes to a file.
final class ServerProcess implements AutoCloseable {

  private static final Pattern LISTENS =
      Pattern.compile(".*\\b(g_[0-9a-v]+) listens on \\S+ port (\\d+).*");
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s*(\\d+) kB");
  private static final Duration START = Duration.ofSeconds(60);

  private final Contender contender;
  private final Process process;
  private final CompletableFuture<Listening> listening = new CompletableFuture<>();
  private volatile CompletableFuture<Long> nodeHeap = new CompletableFuture<>();

  /// What it says when it serves.
  private record Listening(GatewayId id, int port) {}

  private ServerProcess(Contender contender, Process process) {
    this.contender = contender;
    this.process = process;
  }

  /// Starts one and returns when it serves.
  ///
  /// @param command the program and its arguments
  /// @param environment all settings that it is told
  /// @param log where its output goes
  /// @throws IllegalStateException when it ends at once or does not serve in time
  static ServerProcess start(
      Contender contender, List<String> command, Map<String, String> environment, Path log) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(key -> key.matches("(PROSA|LLM|OPENAI|AWS)_.*"));
    builder.environment().putAll(environment);
    try {
      var server = new ServerProcess(contender, builder.start());
      Thread.ofPlatform().daemon().name("output").start(() -> server.readInto(log));
      server.awaitListening(log);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.getFirst(), e);
    }
  }

  private void awaitListening(Path log) {
    try {
      listening.orTimeout(START.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      close();
      throw new IllegalStateException(
          "%s does not start: %s".formatted(contender.words(), lastWords(log)), e);
    }
  }

  private static String lastWords(Path log) {
    try (var lines = Files.lines(log)) {
      return String.join("\n", lines.limit(40).toList());
    } catch (IOException e) {
      return "it said nothing";
    }
  }

  private void readInto(Path file) {
    try (var lines = process.inputReader(StandardCharsets.UTF_8);
        Writer log = Files.newBufferedWriter(file)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        log.write(line + "\n");
        look(line);
      }
    } catch (IOException cutOff) {
      listening.completeExceptionally(cutOff);
    }
    var end = new IllegalStateException(contender.words() + " ended");
    listening.completeExceptionally(end);
    nodeHeap.completeExceptionally(end);
  }

  private void look(String line) {
    var listens = LISTENS.matcher(line);
    if (listens.matches()) {
      listening.complete(
          new Listening(
              new GatewayId(String.valueOf(listens.group(1))),
              Integer.parseInt(String.valueOf(listens.group(2)))));
    } else if (line.startsWith("heap ")) {
      nodeHeap.complete(Long.parseLong(line.substring("heap ".length())));
    }
  }

  Contender contender() {
    return contender;
  }

  /// The id under which connections have to be noted to be served here.
  GatewayId id() {
    return listening.join().id();
  }

  int port() {
    return listening.join().port();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Memory that is resident, in KiB (proc_pid_status(5)); -1 outside Linux.
  long residentKib() {
    try {
      var status = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid() + "/status")));
      return status.find() ? Long.parseLong(String.valueOf(status.group(1))) : -1;
    } catch (IOException elsewhere) {
      return -1;
    }
  }

  /// What is in use of its heap after a full collection, in bytes. Of Node it is what its engine
  /// calls used and external, which holds its buffers.
  ///
  /// @throws IllegalStateException when it does not answer
  long heapBytes() throws InterruptedException {
    return contender == Contender.WS ? askNode() : JavaHeap.afterCollection(pid());
  }

  private long askNode() {
    nodeHeap = new CompletableFuture<>();
    try {
      var input = process.outputWriter(StandardCharsets.UTF_8);
      input.write("heap\n");
      input.flush();
      return nodeHeap.orTimeout(START.toSeconds(), TimeUnit.SECONDS).join();
    } catch (IOException | CompletionException e) {
      throw new IllegalStateException("Node does not say what it uses", e);
    }
  }

  /// `kill -9`; returns when it is gone.
  void kill() {
    Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
