package dev.prosa.bench.chaos;

import dev.prosa.bench.chaos.check.Expectation;
import dev.prosa.bench.chaos.evidence.Kind;
import dev.prosa.bench.chaos.faults.AwsFaults;
import dev.prosa.bench.chaos.faults.KillPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What is done to Prosa in one run. With a seed it is the same every time, as far as processes and
/// networks can be told.
///
/// @param name for the report
/// @param load what the users do
/// @param shape what runs
/// @param kills how often a worker is killed at each point
/// @param blows all that is not tied to a point
/// @param model how the model fails
/// @param table how calls of the workers to the table fail
/// @param patience how long after the last message everything may take to come to rest
public record ChaosPlan(
    String name,
    Load load,
    Shape shape,
    Map<KillPoint, Integer> kills,
    Blows blows,
    Model model,
    AwsFaults table,
    Duration patience) {

  /// At the end of a release, before it is judged.
  private static final Duration CALM = Duration.ofMinutes(1);

  private static final String THROTTLED = "ProvisionedThroughputExceededException";
  private static final String CONFLICT = "TransactionConflictException";
  private static final String LOST = "lost";

  public ChaosPlan {
    kills = Map.copyOf(kills);
  }

  /// What the users do.
  ///
  /// @param conversations one for each user
  /// @param turns messages in each
  /// @param time over how long they send them
  /// @param storm in how much of that time the blows fall
  /// @param silence after which a client asks; the protocol says 30 s, and less is allowed
  public record Load(
      int conversations, int turns, Duration time, Duration storm, Duration silence) {

    int jobs() {
      return conversations * turns;
    }
  }

  /// What runs.
  ///
  /// @param concurrency of each worker; at most 10, so that one receive shows all its free permits
  public record Shape(int workers, int gateways, int concurrency) {}

  /// What happens at random times.
  ///
  /// @param workerPauses SIGSTOP for `pause`
  /// @param redisRestarts killed, and at once started again
  /// @param redisOutages killed, and started again after `outage`
  /// @param duplicatePokes needless ones
  /// @param garbage messages that are no pokes
  /// @param drops connections of clients that are cut
  /// @param modelAway how often the model is away for `away`
  /// @param rollingRestarts all workers and gateways, one after the other, in good order
  public record Blows(
      int workerPauses,
      int gatewayKills,
      int redisRestarts,
      int redisFlushes,
      int redisOutages,
      int duplicatePokes,
      int garbage,
      int drops,
      int cancels,
      int modelAway,
      int rollingRestarts) {

    static final Duration PAUSE = Duration.ofSeconds(45);
    static final Duration OUTAGE = Duration.ofSeconds(15);
    static final Duration AWAY = Duration.ofSeconds(30);
  }

  /// How the model fails.
  ///
  /// @param faults of all calls, 0 to 1
  /// @param doomed questions whose every call fails
  /// @param poison questions that kill whoever asks them
  public record Model(double faults, int doomed, int poison) {}

  /// What the journal of a run of this plan has to show.
  List<Expectation> expected() {
    var all = new ArrayList<Expectation>();
    for (var point : KillPoint.values()) {
      var words = point.words();
      add(all, "worker kills " + words, Kind.KILLED, "why", words, kills.getOrDefault(point, 0));
    }
    add(all, "worker pauses", Kind.PAUSED, "", "", blows.workerPauses());
    add(all, "gateway kills", Kind.KILLED, "why", "gateway", blows.gatewayKills());
    var redis = blows.redisRestarts() + blows.redisOutages();
    add(all, "Redis kills and restarts", Kind.REDIS, "what", "up", redis);
    add(all, "FLUSHALL", Kind.REDIS, "what", "flush", blows.redisFlushes());
    add(all, "duplicate pokes", Kind.POKE, "what", "duplicate", blows.duplicatePokes());
    add(all, "garbage messages", Kind.POKE, "what", "garbage", blows.garbage());
    add(all, "client drops", Kind.DROP, "", "", blows.drops());
    add(all, "cancels", Kind.CANCEL, "", "", blows.cancels());
    add(all, "model away", Kind.CALL, "fault", "DOWN", blows.modelAway());
    add(all, "kills by poison prompts", Kind.KILLED, "why", "poison", model.poison());
    add(all, "redriven", Kind.REDRIVEN, "outcome", "redriven", model.doomed());
    add(all, "redriven again at once", Kind.REDRIVEN, "again", "true", model.doomed());
    add(all, "throttles", Kind.TABLE_FAULT, "what", THROTTLED, table.throttled() > 0 ? 1 : 0);
    add(all, "conflicts", Kind.TABLE_FAULT, "what", CONFLICT, table.conflicting() > 0 ? 1 : 0);
    add(all, "applied but not answered", Kind.TABLE_FAULT, "what", LOST, table.lost() > 0 ? 1 : 0);
    add(all, "messages handed in", Kind.POST, "", "", load.jobs());
    return List.copyOf(all);
  }

  private static void add(
      List<Expectation> all, String what, Kind kind, String field, String value, int times) {
    if (times > 0) {
      all.add(new Expectation(what, kind, field, value, times));
    }
  }

  /// What runs with every change: at most 120 s.
  public static ChaosPlan gate() {
    return new ChaosPlan(
        "gate",
        new Load(30, 10, Duration.ofSeconds(30), Duration.ofSeconds(24), Duration.ofSeconds(10)),
        new Shape(2, 2, 6),
        once(
            KillPoint.AFTER_CLAIM,
            KillPoint.MID_STREAM,
            KillPoint.BEFORE_COMMIT,
            KillPoint.AFTER_COMMIT,
            KillPoint.AFTER_PUBLISH,
            KillPoint.BEFORE_DELETE),
        new Blows(0, 3, 1, 1, 0, 30, 0, 60, 0, 0, 0),
        new Model(0.25, 1, 0),
        AwsFaults.NONE,
        Duration.ofSeconds(150));
  }

  private static Map<KillPoint, Integer> once(KillPoint... points) {
    var kills = new EnumMap<KillPoint, Integer>(KillPoint.class);
    for (var point : points) {
      kills.put(point, 1);
    }
    return kills;
  }

  /// What runs before a release: at most 25 minutes.
  public static ChaosPlan release() {
    return release(1000, Duration.ofMinutes(17));
  }

  /// The blows of a release on another load.
  ///
  /// @param users one for each conversation of 10 turns; more than a hundred
  /// @param time over how long they send their messages; the blows end a minute earlier
  public static ChaosPlan release(int users, Duration time) {
    var kills = new EnumMap<KillPoint, Integer>(KillPoint.class);
    for (var point : KillPoint.values()) {
      kills.put(point, 15);
    }
    return new ChaosPlan(
        "release",
        new Load(users, 10, time, time.minus(CALM), Duration.ofSeconds(30)),
        new Shape(4, 2, 10),
        kills,
        new Blows(20, 30, 10, 10, 3, 500, 100, 2000, 200, 3, 2),
        new Model(0.25, 10, 20),
        new AwsFaults(0.02, 0.01, 0.01),
        Duration.ofMinutes(5));
  }
}
