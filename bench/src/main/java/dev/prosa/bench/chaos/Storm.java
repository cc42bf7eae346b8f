package dev.prosa.bench.chaos;

import dev.prosa.bench.chaos.faults.KillOrders;
import dev.prosa.bench.chaos.faults.KillPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The blows of a plan, spread over the time of the storm by the dice of its seed. Each is dealt on
/// a thread of its own, because some take as long as an outage.
final class Storm implements AutoCloseable {

  /// A blow that has nothing to hit is dealt again after this time.
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final ChaosPlan plan;
  private final Targets targets;
  private final Random dice;
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Phaser open = new Phaser(1);

  Storm(ChaosPlan plan, Targets targets, long seed) {
    this.plan = plan;
    this.targets = targets;
    this.dice = new Random(seed);
  }

  /// A blow; false when there is nothing to hit now.
  @FunctionalInterface
  interface Blow {
    boolean deal(Random dice) throws InterruptedException;
  }

  /// Returns at once; the blows fall later.
  void begin(KillOrders orders) {
    var kills = new ArrayList<Blow>();
    for (var point : KillPoint.values()) {
      for (var i = 0; i < plan.kills().getOrDefault(point, 0); i++) {
        kills.add(_ -> {
          orders.order(point);
          return true;
        });
      }
    }
    Collections.shuffle(kills, dice);
    spread(kills);
    var blows = plan.blows();
    repeat(blows.gatewayKills(), targets::killGateway);
    repeat(blows.workerPauses(), targets::pauseWorker);
    repeat(blows.redisRestarts(), _ -> targets.restartRedis(Duration.ZERO));
    repeat(blows.redisOutages(), _ -> targets.restartRedis(ChaosPlan.Blows.OUTAGE));
    repeat(blows.redisFlushes(), _ -> targets.flushRedis());
    repeat(blows.duplicatePokes(), targets::pokeAgain);
    repeat(blows.garbage(), targets::sendGarbage);
    repeat(blows.drops(), targets::dropClient);
    repeat(blows.cancels(), targets::cancel);
    repeat(blows.modelAway(), _ -> targets.modelAway());
    repeat(blows.rollingRestarts(), _ -> targets.restartAll());
  }

  private void repeat(int times, Blow blow) {
    spread(Collections.nCopies(times, blow));
  }

  /// One in each of as many equal parts of the storm, so that they do not all come at once.
  private void spread(List<Blow> blows) {
    var part = (double) plan.load().storm().toNanos() / Math.max(1, blows.size());
    for (var i = 0; i < blows.size(); i++) {
      var blow = blows.get(i);
      var at = Duration.ofNanos((long) ((i + dice.nextDouble()) * part));
      var ownDice = new Random(dice.nextLong());
      open.register();
      threads.execute(() -> deal(blow, at, ownDice));
    }
  }

  private void deal(Blow blow, Duration at, Random ownDice) {
    try {
      Thread.sleep(at);
      while (!blow.deal(ownDice)) {
        Thread.sleep(AGAIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failures.add(e);
    } finally {
      open.arriveAndDeregister();
    }
  }

  /// Waits until every blow was dealt.
  ///
  /// @return false when that took longer than `limit`
  boolean awaitDealt(Duration limit) throws InterruptedException {
    try {
      open.awaitAdvanceInterruptibly(open.arrive(), limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /// What went wrong with the storm itself.
  List<Throwable> failures() {
    return List.copyOf(failures);
  }

  /// Whatever has not happened yet does not happen any more.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
