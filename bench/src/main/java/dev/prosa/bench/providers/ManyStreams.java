package dev.prosa.bench.providers;

import dev.prosa.bench.jvm.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Many replies at once in one worker, which is a process of its own; the provider is here.
///
/// @param conversations how many; each has one turn
/// @param seconds how long a reply takes; one token comes each second
/// @param folder where the worker writes its log
public record ManyStreams(int conversations, int seconds, Path folder) {

  /// The heap; what a JVM needs beside it has the rest of a gigabyte.
  public static final String HEAP = "-Xmx512m";

  private static final String TOKEN = "word ";
  private static final Duration GAP = Duration.ofSeconds(1);

  /// What was seen.
  ///
  /// @param completed turns that are COMPLETED with the whole text
  /// @param atOnce replies that the provider was sending at the same time, at most
  /// @param time from the first call until the last turn was over
  /// @param peakKib the most memory the worker ever had resident, in KiB; -1 when not measured
  /// @param threads of the worker's process at its end; -1 when not measured
  public record Result(long completed, int atOnce, Duration time, long peakKib, long threads) {}

  /// What the worker says at its end.
  record Said(long completed, long millis, Footprint footprint) {

    private static final Pattern LINE =
        Pattern.compile("completed (\\d+), (\\d+) ms, (-?\\d+) KiB, (-?\\d+) threads");

    String line() {
      return "completed %d, %d ms, %d KiB, %d threads"
          .formatted(completed, millis, footprint.peakKib(), footprint.threads());
    }

    /// Null when the line says something else.
    static @Nullable Said parse(String line) {
      var matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        return null;
      }
      var n =
          IntStream.rangeClosed(1, 4)
              .mapToLong(i -> Long.parseLong(String.valueOf(matcher.group(i))))
              .toArray();
      return new Said(n[0], n[1], new Footprint(n[2], n[3]));
    }
  }

  /// Starts the worker and waits for its end.
  ///
  /// @throws IllegalStateException when it ends without saying what it found
  public Result run() {
    try (var provider = LoopbackProvider.start(this::answer)) {
      var said = ask(start(provider));
      return new Result(
          said.completed(),
          provider.mostOpen(),
          Duration.ofMillis(said.millis()),
          said.footprint().peakKib(),
          said.footprint().threads());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run a worker", e);
    }
  }

  private void answer(LoopbackReply reply) throws IOException, InterruptedException {
    reply.begin();
    for (var i = 0; i < seconds; i++) {
      reply.say(TOKEN);
      Thread.sleep(GAP);
    }
    reply.end();
  }

  private Process start(LoopbackProvider provider) throws IOException {
    var builder = new ProcessBuilder(command(provider)).redirectErrorStream(true);
    builder.environment().keySet().removeIf(key -> key.matches("(PROSA|OPENAI)_.*"));
    return builder.start();
  }

  private List<String> command(LoopbackProvider provider) {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-XX:+UseSerialGC",
        HEAP,
        "-Dlogback.configurationFile=logback-bench.xml",
        "-Dprosa.data=" + folder,
        "-cp",
        JavaCommand.classPath(),
        StreamsMain.class.getName(),
        provider.uri().toString(),
        Integer.toString(conversations),
        TOKEN.repeat(seconds));
  }

  private static Said ask(Process worker) throws IOException {
    var lines = new ArrayList<String>();
    try (var output = worker.inputReader(StandardCharsets.UTF_8)) {
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        var said = Said.parse(line);
        if (said != null) {
          return said;
        }
        lines.add(line);
      }
    } finally {
      worker.destroyForcibly();
    }
    throw new IllegalStateException("the worker ended: " + String.join("\n", lines));
  }
}
