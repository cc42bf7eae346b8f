package dev.prosa.bench.gateway;

import dev.prosa.core.runtime.Lifecycle;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs every server under the same load, one after the other.
///
/// @param sizes how much load
/// @param folder for logs and what servers write; removed by whoever made it
/// @param clock the time
/// @param progress hears what happens
public record GatewayLoad(
    Sizes sizes, Path folder, InstantSource clock, Consumer<String> progress) {

  /// Measures all that can be measured; what cannot is said in the result. Whatever happens, no
  /// process is left.
  public Result run() throws InterruptedException {
    var end =
        Thread.ofPlatform()
            .unstarted(() -> ProcessHandle.current().descendants().forEach(GatewayLoad::destroy));
    Runtime.getRuntime().addShutdownHook(end);
    try (var parts = Lifecycle.create()) {
      return measure(new Stable(Backends.start(folder, parts, clock), folder));
    } finally {
      Runtime.getRuntime().removeShutdownHook(end);
    }
  }

  private static void destroy(ProcessHandle process) {
    var _ = process.destroyForcibly();
  }

  private Result measure(Stable stable) throws InterruptedException {
    var missing = new ArrayList<String>();
    progress.accept("the load program warms up");
    var ws = attempt("ws", missing, Stable::installWs);
    var _ = new FullHouse(stable, sizes.warmUp(), _ -> {}).run(Contender.BARE);
    Map<Contender, Result.Seen> seen = new EnumMap<>(Contender.class);
    for (var contender : Contender.values()) {
      if (contender != Contender.WS || ws != null) {
        seen.put(contender, measure(stable, contender, missing));
      }
    }
    var killed = new KilledGateway(stable, sizes.crowds().returning(), progress);
    var comeback = attempt("the gateway that is killed", missing, killed::run);
    return new Result(sizes, seen, comeback, ws, missing);
  }

  private Result.Seen measure(Stable stable, Contender contender, List<String> missing)
      throws InterruptedException {
    var house = new FullHouse(stable, sizes, progress);
    var full = attempt(contender.words(), missing, () -> house.run(contender));
    var readers = new DeafReaders(stable, sizes.crowds(), progress);
    var deaf = attempt(contender.words(), missing, () -> readers.run(contender));
    return new Result.Seen(
        full == null ? null : full.idle(), full == null ? null : full.load(), deaf);
  }

  /// A measurement that may have to be left out.
  @FunctionalInterface
  private interface Attempt<T> {
    T run() throws InterruptedException;
  }

  private <T> @Nullable T attempt(String what, List<String> missing, Attempt<T> attempt)
      throws InterruptedException {
    try {
      return attempt.run();
    } catch (IllegalStateException | UncheckedIOException e) {
      missing.add("Not measured, " + what + ": " + e.getMessage());
      progress.accept(missing.getLast());
      return null;
    }
  }
}
