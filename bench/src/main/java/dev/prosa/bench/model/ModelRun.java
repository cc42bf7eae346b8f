package dev.prosa.bench.model;

import io.github.resilience4j.retry.internal.RetryImpl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Many worlds, one for each seed.
///
/// @param first the first seed
/// @param seeds how many; at least 1
/// @param mutation what is taken out
/// @param sky what goes wrong
public record ModelRun(long first, int seeds, Mutation mutation, Sky sky) {

  private static final long RETRY_NANOS = Duration.ofMillis(200).toNanos();

  /// Where the weather comes from.
  public enum Sky {
    /// Every seed has its own.
    CHANGING,
    /// Processes die often, and nothing else happens.
    DEADLY;

    Weather weather(long seed) {
      return this == DEADLY ? Weather.DEADLY : Weather.of(seed);
    }
  }

  /// What the worlds together have shown.
  ///
  /// @param worlds how many ran
  /// @param broken the seeds whose world broke a promise, and what it broke
  /// @param counts how often what happened
  public record Result(int worlds, Map<Long, List<String>> broken, Map<String, Integer> counts) {}

  /// Runs every world, on all processors.
  public Result run() throws InterruptedException {
    return run(false);
  }

  /// Runs worlds until one breaks a promise, or all have run.
  public Result untilBroken() throws InterruptedException {
    return run(true);
  }

  private Result run(boolean oneIsEnough) throws InterruptedException {
    var seed = new AtomicLong(first);
    var threads = Runtime.getRuntime().availableProcessors();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Result> share = () -> share(seed, oneIsEnough);
      var shares = new ArrayList<Future<Result>>();
      for (int i = 0; i < threads; i++) {
        shares.add(executor.submit(share));
      }
      return together(shares);
    }
  }

  private Result share(AtomicLong next, boolean oneIsEnough) {
    var broken = new TreeMap<Long, List<String>>();
    var counts = new TreeMap<String, Integer>();
    var worlds = 0;
    try (var scripts = new Scripts(mutation)) {
      for (var seed = next.getAndIncrement(); seed < first + seeds; seed = next.getAndIncrement()) {
        var history = world(seed, scripts, false);
        worlds++;
        history.counts().forEach((what, n) -> counts.merge(what, n, Integer::sum));
        if (!history.violations().isEmpty()) {
          broken.put(seed, List.copyOf(history.violations()));
          if (oneIsEnough) {
            next.set(first + seeds);
          }
        }
      }
    }
    return new Result(worlds, broken, counts);
  }

  /// What happens in the world of one seed, line by line, in virtual seconds.
  public List<String> trace(long seed) {
    try (var scripts = new Scripts(mutation)) {
      return world(seed, scripts, true).trace();
    }
  }

  private History world(long seed, Scripts scripts, boolean traced) {
    RetryImpl.setSleepFunction(ModelRun::sleep);
    return new World(seed, mutation, sky.weather(seed), scripts, traced).run();
  }

  /// Retries wait in the time of the world; how long is decided by chances that no seed repeats, so
  /// each wait is the same.
  private static void sleep(long millis) throws InterruptedException {
    var task = Kernel.current();
    if (task == null) {
      Thread.sleep(millis);
    } else {
      task.sleep(RETRY_NANOS);
    }
  }

  private static Result together(List<Future<Result>> shares) throws InterruptedException {
    var broken = new TreeMap<Long, List<String>>();
    var counts = new TreeMap<String, Integer>();
    var worlds = 0;
    try {
      for (var share : shares) {
        var result = share.get();
        worlds += result.worlds();
        broken.putAll(result.broken());
        result.counts().forEach((what, n) -> counts.merge(what, n, Integer::sum));
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a world could not be run", e.getCause());
    }
    return new Result(worlds, broken, counts);
  }
}
