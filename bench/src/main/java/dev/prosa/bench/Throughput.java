package dev.prosa.bench;

import dev.prosa.worker.offline.Pace;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A steady load, offered whether or not the server keeps up.
final class Throughput implements Measurement {

  private static final Pace PACE = new Pace(Duration.ofMillis(20), Duration.ofMillis(5));
  private static final String QUESTION = "/echo " + "word ".repeat(20);
  private static final Duration LIMIT = Duration.ofMillis(100);

  /// How long a reply may take after the last job was offered.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final System.Logger LOG = System.getLogger(Throughput.class.getName());

  /// More than ever wait for a 202 at the same time.
  private static final int SENDERS = 256;

  private final InstantSource clock;

  Throughput(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public String about() {
    return "40 jobs a second for 20 s by 20 users: times, and that nothing is lost";
  }

  /// A user and the one conversation it has.
  private record Talker(HttpUser user, String conversation) {}

  /// A job that was offered.
  ///
  /// @param dueNanos when it should have been sent: a server that makes the client late gets no
  ///   discount
  private record Offer(long dueNanos, Future<HttpUser.Sent> sent) {}

  @Override
  public Report run(Options options) throws InterruptedException {
    var load = options.load();
    try (var stack = Stack.start(PACE, clock);
        var http = HttpUser.client();
        var senders = Executors.newScheduledThreadPool(SENDERS, Thread.ofVirtual().factory())) {
      var talkers = talkers(http, stack, load.users());
      offer(senders, talkers, load.warmUp());
      var result = offer(senders, talkers, load);
      talkers.forEach(talker -> talker.user().close());
      return new Report(name(), how(load), result.figures(load));
    }
  }

  /// Each begins its conversation.
  private static List<Talker> talkers(HttpClient http, Stack stack, int users)
      throws InterruptedException {
    var talkers = new ArrayList<Talker>();
    for (var i = 0; i < users; i++) {
      var user = HttpUser.connect(http, stack.server(), "bench-" + i);
      var sent = user.send(QUESTION, null);
      sent.heard().completedNanos();
      talkers.add(new Talker(user, sent.conversation()));
    }
    return talkers;
  }

  private static Result offer(
      ScheduledExecutorService senders, List<Talker> talkers, Options.Load load)
      throws InterruptedException {
    var begin = System.nanoTime();
    var result = new Result(new Samples(), new Samples(), begin);
    var last = begin + load.time().plus(PATIENCE).toNanos();
    for (var offer : schedule(senders, talkers, load)) {
      result.take(offer, last);
    }
    return result;
  }

  private static List<Offer> schedule(
      ScheduledExecutorService senders, List<Talker> talkers, Options.Load load) {
    var begin = System.nanoTime();
    var gapNanos = TimeUnit.SECONDS.toNanos(1) / load.perSecond();
    var offers = new ArrayList<Offer>();
    for (var i = 0; i < load.jobs(); i++) {
      var talker = talkers.get(i % talkers.size());
      var due = begin + i * gapNanos;
      offers.add(
          new Offer(
              due,
              senders.schedule(
                  () -> talker.user().send(QUESTION, talker.conversation()),
                  due - System.nanoTime(),
                  TimeUnit.NANOSECONDS)));
    }
    return offers;
  }

  private static String how(Options.Load load) {
    return """
    %d jobs a second for %d s by %d users with a WebSocket and one conversation each; the model \
    takes 20 ms to its first word and 5 ms for each of 19 more. Times count from when a job was \
    due. Before that, %d jobs that do not count warm the program up.\
    """
        .formatted(load.perSecond(), load.time().toSeconds(), load.users(), load.warmUp().jobs());
  }

  /// What came of all jobs.
  private static final class Result {
    private final Samples accepted;
    private final Samples completed;
    private final long beginNanos;
    private final Duration beginCpu = Machine.cpuTime();
    private long endNanos;

    Result(Samples accepted, Samples completed, long beginNanos) {
      this.accepted = accepted;
      this.completed = completed;
      this.beginNanos = beginNanos;
      this.endNanos = beginNanos;
    }

    void take(Offer offer, long lastNanos) throws InterruptedException {
      try {
        var sent = offer.sent().get();
        accepted.add(Duration.ofNanos(sent.acceptedNanos() - offer.dueNanos()));
        var end = sent.heard().completedWithin(Duration.ofNanos(lastNanos - System.nanoTime()));
        if (end != null) {
          completed.add(Duration.ofNanos(end - offer.dueNanos()));
          endNanos = Math.max(endNanos, end);
        }
      } catch (ExecutionException refused) {
        LOG.log(System.Logger.Level.DEBUG, "a job was not accepted", refused);
      }
    }

    private Duration cpuPerJob() {
      return Machine.cpuTime().minus(beginCpu).dividedBy(Math.max(1, accepted.size()));
    }

    List<Figure> figures(Options.Load load) {
      var perSecond = completed.size() / ((endNanos - beginNanos) / 1e9);
      return List.of(
          Figure.ofText("jobs offered", Integer.toString(load.jobs())),
          Figure.ofText("completed per second", Figure.decimal("%.1f", perSecond)),
          Figure.of("processor time per accepted job, client and model included", cpuPerJob()),
          Figure.of("202, p50", accepted.median()),
          Figure.of("202, p95", accepted.percentile(95), LIMIT),
          Figure.of("202, p99", accepted.percentile(99)),
          Figure.of("completed, p50", completed.median()),
          Figure.of("completed, p95", completed.percentile(95)),
          Figure.ofCount("not accepted", load.jobs() - accepted.size(), 0),
          Figure.ofCount("lost", accepted.size() - completed.size(), 0));
    }
  }
}
