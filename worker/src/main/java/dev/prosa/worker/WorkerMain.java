package dev.prosa.worker;

import dev.prosa.core.metrics.Metrics;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.ProcessConsole;
import dev.prosa.core.runtime.RandomId;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.StatusPort;
import dev.prosa.core.turn.ContextCache;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.worker.account.CallRecorder;
import dev.prosa.worker.consume.Consumption;
import dev.prosa.worker.llm.ProviderChain;
import dev.prosa.worker.llm.ProviderKeys;
import dev.prosa.worker.llm.ProviderNews;
import dev.prosa.worker.process.PokeHandler;
import dev.prosa.worker.process.Workplace;
import dev.prosa.worker.sweep.Sweeping;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/// A worker as a process of its own.
public final class WorkerMain {

  /// With the 30 s of a lease this stays below the 45 s within which a killed worker's turn is
  /// taken up again, also when its poke went to a worker that stands still (docs/decisions/0009).
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(10);

  private WorkerMain() {}

  /// What a worker shares with the rest of its process.
  ///
  /// @param database the truth
  /// @param calls what was asked of models
  /// @param queue where pokes come from
  /// @param redis the cache and the way to the browsers
  /// @param metrics what is counted
  /// @param clock the time
  public record Surroundings(
      TurnDatabase database,
      CallLedger calls,
      JobQueue queue,
      RedisPool redis,
      Metrics metrics,
      InstantSource clock) {}

  /// Starts a worker; closing what is returned drains it.
  ///
  /// @param surroundings stay the caller's, who closes them afterwards
  /// @throws InvalidSettingsException when a key of a provider cannot be read where it is stored
  public static Lifecycle start(WorkerSettings settings, Surroundings surroundings) {
    var redis = surroundings.redis();
    var clock = surroundings.clock();
    var clockwork = Clockwork.of(clock);
    var lifecycle = Lifecycle.create();
    var keys =
        lifecycle.own(
            "provider keys",
            ProviderKeys.open(settings.providers(), settings.keyStores(), clockwork));
    var chain =
        ProviderChain.openAi(
            settings.providers(), keys, settings.rules().total(), settings.breaker(), clock);
    chain.statuses().forEach(status -> show(status, surroundings.metrics()));
    chain.onChange((_, now) -> count(now, surroundings.metrics()));
    var calls =
        lifecycle.own(
            "calls", CallRecorder.open(surroundings.calls(), surroundings.metrics(), clockwork));
    var workplace =
        new Workplace(
            surroundings.database(),
            ContextCache.redis(redis),
            surroundings.queue(),
            ReplyChannel.redis(redis, clock),
            chain,
            settings.rules(),
            clockwork,
            calls::record);
    var handler = PokeHandler.answering(workplace);
    lifecycle.own(
        "provider news",
        ProviderNews.start(
            chain, ProviderBoard.redis(redis), RandomId.create().value(), clockwork));
    lifecycle.own("stop requests", workplace.channel().onStop(handler::cancel));
    lifecycle.own(
        "sweeper", Sweeping.start(workplace.endings(), surroundings.queue(), clock, SWEEP_EVERY));
    lifecycle.own(
        "consumer",
        Consumption.start(
            surroundings.queue(), handler, settings.concurrency(), settings.pollWait()));
    return lifecycle;
  }

  private static void show(ProviderStatus status, Metrics metrics) {
    metrics.breakerIs(status.provider(), status.model(), status.state());
  }

  private static void count(ProviderStatus now, Metrics metrics) {
    metrics.breakerWentTo(now.provider(), now.model(), now.state());
  }

  /// Runs until the process is told to end.
  public static void main(String[] args) {
    new ProcessConsole("worker").run(ProviderSettings::ofEnvironment, WorkerMain::open);
  }

  private static void open(ProviderSettings configured, Lifecycle lifecycle) {
    var settings = configured.settings();
    var region = settings.text(Setting.AWS_REGION);
    var table =
        lifecycle.own(
            "table",
            DynamoDbTable.open(
                new AwsTarget(region, settings.urlOrNull(Setting.DYNAMODB_ENDPOINT)),
                settings.text(Setting.TABLE)));
    var queues =
        lifecycle.own(
            "queues",
            SqsQueues.open(
                new AwsTarget(region, settings.urlOrNull(Setting.SQS_ENDPOINT)),
                settings.text(Setting.QUEUE)));
    var redis =
        lifecycle.own("redis", RedisPool.open(URI.create(settings.text(Setting.REDIS_URL))));
    var clock = InstantSource.system();
    var metrics = Metrics.create();
    StatusPort.openIfSet(settings, lifecycle, metrics::text, () -> true);
    var surroundings =
        new Surroundings(
            TurnDatabase.dynamoDb(table, clock),
            CallLedger.dynamoDb(table),
            JobQueue.sqs(queues),
            redis,
            metrics,
            clock);
    lifecycle.own("worker", start(WorkerSettings.of(configured), surroundings));
  }
}
