package dev.prosa.bench.chaos;

import dev.prosa.bench.chaos.check.Verdict;
import dev.prosa.bench.chaos.clients.Crowd;
import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.evidence.Kind;
import dev.prosa.bench.chaos.faults.WorkerProxy;
import dev.prosa.core.runtime.Lifecycle;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// One run of a plan: everything is started, broken, and looked at when it has come to rest.
///
/// @param plan what is done
/// @param seed of all dice
/// @param folder for the journal and the logs; it has to exist
/// @param clock the time
public record ChaosRun(ChaosPlan plan, long seed, Path folder, InstantSource clock) {

  private static final Duration WARM_UP = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int LOOKS = 15;

  /// What gateways and Redis need to forget closed connections, and workers to poll once more.
  private static final Duration GOODBYE = Duration.ofMillis(2500);

  /// Runs the plan and judges its journal.
  ///
  /// @throws InterruptedException when the program is told to end
  public Verdict run() throws InterruptedException {
    // a connection that waited longer than the other end keeps it would break a call for no reason
    System.setProperty("jdk.httpclient.keepalive.timeout", "4");
    var file = folder.resolve("journal.jsonl");
    var parts = Lifecycle.create();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(parts::close));
    try (var journal = Journal.create(file)) {
      perform(journal, parts);
    } finally {
      parts.close();
    }
    return Verdict.of(file, plan.expected());
  }

  private void perform(Journal journal, Lifecycle parts) throws InterruptedException {
    var stage = Stage.open(this, journal, parts);
    var load = plan.load();
    var behaviour =
        new Crowd.Behaviour(load.conversations(), load.turns(), load.time(), load.silence(), seed);
    var crowd = parts.own("clients", Crowd.start(behaviour, stage.addresses(), journal));
    var _ = crowd.awaitWarm(WARM_UP);
    try (var storm = new Storm(plan, new Targets(stage, crowd, journal), seed)) {
      storm.begin(stage.orders());
      var _ = storm.awaitDealt(load.storm().plus(plan.patience()));
      awaitRest(stage, crowd, journal);
      stage.model().heal();
      new Redriving(stage, journal).redriveAllTwice();
      awaitRest(stage, crowd, journal);
      storm.failures().forEach(e -> note(journal, e));
    }
    stage.fleet().awaitReady();
    crowd.close();
    Thread.sleep(GOODBYE);
    lookAround(stage, journal);
    stage.fleet().endAll();
  }

  /// A part of the harness that breaks proves nothing, so the run must not pass.
  private static void note(Journal journal, Throwable e) {
    journal.note(Kind.LOG, entry -> entry.put("process", "harness").put("line", e.toString()));
  }

  private void awaitRest(Stage stage, Crowd crowd, Journal journal) throws InterruptedException {
    var end = System.nanoTime() + plan.load().time().plus(plan.patience()).toNanos();
    var done = crowd.awaitDone(Duration.ofNanos(end - System.nanoTime()));
    var table = new DynamoDbRemains(stage.backend().table());
    var queue = new SqsRemains(stage.backend().queues());
    while (System.nanoTime() < end && (queue.waiting() > 0 || table.open() > 0)) {
      Thread.sleep(LOOK);
    }
    journal.note(Kind.SETTLED, e -> e.put("inTime", done));
  }

  private void lookAround(Stage stage, Journal journal) throws InterruptedException {
    for (var proxy : stage.proxies()) {
      noteWorker(stage, proxy, journal);
    }
    for (var gateway : stage.names().gateways()) {
      var busy = stage.fleet().busyThreads(gateway);
      journal.note(Kind.IDLE, e -> e.put("process", gateway).put("busyThreads", busy));
    }
    new DynamoDbRemains(stage.backend().table()).note(journal);
    new SqsRemains(stage.backend().queues()).note(journal);
    new RedisRemains(stage.backend().cache(), clock).note(journal);
  }

  /// A needless poke may just be served, so it is looked at more than once: what leaked stays.
  private void noteWorker(Stage stage, WorkerProxy proxy, Journal journal)
      throws InterruptedException {
    var permits = plan.shape().concurrency();
    var busy = stage.fleet().busyThreads(proxy.worker());
    for (var look = 1; look < LOOKS && (busy != 0 || proxy.lastAskedFor() < permits); look++) {
      Thread.sleep(LOOK);
      busy = stage.fleet().busyThreads(proxy.worker());
    }
    var left = busy;
    journal.note(
        Kind.IDLE,
        e ->
            e.put("process", proxy.worker())
                .put("busyThreads", left)
                .put("freePermits", proxy.lastAskedFor())
                .put("permits", permits));
  }
}
