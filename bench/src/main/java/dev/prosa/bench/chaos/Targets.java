package dev.prosa.bench.chaos;

import dev.prosa.bench.chaos.clients.Crowd;
import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.evidence.Kind;
import dev.prosa.bench.chaos.processes.Fleet;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;

/// What can be hit, and how.
final class Targets {

  private final Stage stage;
  private final Backend backend;
  private final Fleet fleet;
  private final Crowd crowd;
  private final Journal journal;

  /// Redis is killed, started and flushed by one at a time, and so are the processes restarted.
  private final ReentrantLock redis = new ReentrantLock();

  private final ReentrantLock rolling = new ReentrantLock();

  Targets(Stage stage, Crowd crowd, Journal journal) {
    this.stage = stage;
    this.backend = stage.backend();
    this.fleet = stage.fleet();
    this.crowd = crowd;
    this.journal = journal;
  }

  private static String any(List<String> list, Random dice) {
    return list.get(dice.nextInt(list.size()));
  }

  boolean killGateway(Random dice) {
    return fleet.kill(any(stage.names().gateways(), dice), "gateway");
  }

  boolean pauseWorker(Random dice) throws InterruptedException {
    var worker = any(stage.names().workers(), dice);
    if (!fleet.pause(worker)) {
      return false;
    }
    try {
      Thread.sleep(ChaosPlan.Blows.PAUSE);
    } finally {
      fleet.resume(worker);
    }
    return true;
  }

  boolean restartRedis(Duration outage) throws InterruptedException {
    redis.lock();
    try {
      backend.redis().kill();
      try {
        Thread.sleep(outage);
      } finally {
        backend.redis().startAgain();
      }
    } finally {
      redis.unlock();
    }
    return true;
  }

  boolean flushRedis() {
    redis.lock();
    try {
      new RedisRemains(backend.cache(), stage.clock()).flush(journal);
      return true;
    } catch (CacheUnavailableException notNow) {
      return false;
    } finally {
      redis.unlock();
    }
  }

  boolean pokeAgain(Random dice) {
    var job = crowd.anyJob(dice);
    var id = job == null ? null : JobId.parse(job.id());
    if (job == null || id == null) {
      return false;
    }
    journal.note(Kind.POKE, e -> e.put("what", "duplicate").put("job", job.id()));
    new SqsRemains(backend.queues()).send(new Poke(id, null).toBody(), job.owner());
    return true;
  }

  boolean sendGarbage(Random dice) {
    journal.note(Kind.POKE, e -> e.put("what", "garbage"));
    var body = dice.nextBoolean() ? "{\"v\":1,\"jobId\":\"" + dice.nextLong() + "\"}" : "<chaos/>";
    new SqsRemains(backend.queues()).send(body, "nobody");
    return true;
  }

  boolean dropClient(Random dice) {
    return crowd.drop(dice);
  }

  boolean cancel(Random dice) {
    return crowd.cancel(dice);
  }

  boolean modelAway() throws InterruptedException {
    stage.model().away(true);
    try {
      Thread.sleep(ChaosPlan.Blows.AWAY);
    } finally {
      stage.model().away(false);
    }
    return true;
  }

  boolean restartAll() throws InterruptedException {
    rolling.lock();
    try {
      for (var name : stage.names().all()) {
        fleet.restart(name);
      }
      return true;
    } finally {
      rolling.unlock();
    }
  }
}
