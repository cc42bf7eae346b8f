package dev.prosa.worker;

import dev.prosa.core.erase.Erasure;
import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.limit.Spendings;
import dev.prosa.core.metrics.Metrics;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.provider.ProviderConfig;
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
import dev.prosa.worker.account.Books;
import dev.prosa.worker.account.CallRecorder;
import dev.prosa.worker.account.FigureKeeper;
import dev.prosa.worker.consume.Consumption;
import dev.prosa.worker.llm.ProviderChain;
import dev.prosa.worker.llm.ProviderKeys;
import dev.prosa.worker.llm.ProviderNews;
import dev.prosa.worker.offline.OfflineModel;
import dev.prosa.worker.offline.Pace;
import dev.prosa.worker.process.PokeHandler;
import dev.prosa.worker.process.Workplace;
import dev.prosa.worker.sweep.Sweeping;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

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
  /// @param quotas what users, tenants and models took
  /// @param queue where pokes come from
  /// @param redis the cache and the way to the browsers
  /// @param metrics what is counted
  /// @param clock the time
  public record Surroundings(
      TurnDatabase database,
      CallLedger calls,
      Quotas quotas,
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
    var providers = withOfflineModel(settings.providers(), lifecycle, clock);
    var keys =
        lifecycle.own(
            "provider keys", ProviderKeys.open(providers, settings.keyStores(), clockwork));
    var chain =
        ProviderChain.openAi(providers, keys, settings.rules().total(), settings.breaker(), clock);
    chain.statuses().forEach(status -> show(status, surroundings.metrics()));
    chain.onChange((_, now) -> count(now, surroundings.metrics()));
    var calls =
        lifecycle.own(
            "calls", CallRecorder.open(surroundings.calls(), surroundings.metrics(), clockwork));
    var worker = RandomId.create().value();
    var figures =
        lifecycle.own(
            "figures",
            FigureKeeper.start(
                FiguresBoard.redis(redis), worker, settings.timeToAnswer(), clockwork));
    var workplace =
        new Workplace(
            surroundings.database(),
            ContextCache.redis(redis),
            surroundings.queue(),
            ReplyChannel.redis(redis, clock),
            chain,
            settings.prompts(),
            settings.rules(),
            clockwork,
            Books.of(calls, surroundings.quotas(), surroundings.calls(), figures));
    var handler = PokeHandler.answering(workplace);
    lifecycle.own(
        "provider news", ProviderNews.start(chain, ProviderBoard.redis(redis), worker, clockwork));
    lifecycle.own("stop requests", workplace.channel().onStop(handler::cancel));
    lifecycle.own("sweeper", Sweeping.start(brooms(workplace, surroundings), clock, SWEEP_EVERY));
    lifecycle.own(
        "consumer",
        Consumption.start(
            surroundings.queue(), handler, settings.concurrency(), settings.pollWait()));
    return lifecycle;
  }

  /// Runs the scripted model here, where it is asked for.
  private static List<ProviderConfig> withOfflineModel(
      List<ProviderConfig> providers, Lifecycle lifecycle, InstantSource clock) {
    if (providers.stream().noneMatch(ProviderConfig::isOffline)) {
      return providers;
    }
    var model = lifecycle.own("offline model", OfflineModel.start(Pace.TYPICAL, clock));
    return providers.stream()
        .map(provider -> provider.isOffline() ? provider.at(model.baseUri()) : provider)
        .toList();
  }

  private static Sweeping.Brooms brooms(Workplace workplace, Surroundings surroundings) {
    return new Sweeping.Brooms(
        workplace.endings(),
        workplace.queue(),
        new Erasure(
            workplace.database().erasures(),
            surroundings.calls(),
            surroundings.quotas(),
            workplace.channel()),
        workplace.contexts());
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
    var surroundings =
        new Surroundings(
            TurnDatabase.dynamoDb(table, clock),
            CallLedger.dynamoDb(table),
            Quotas.redis(redis, Spendings.dynamoDb(table), clock),
            JobQueue.sqs(queues),
            redis,
            metrics,
            clock);
    lifecycle.own("worker", start(WorkerSettings.of(configured), surroundings));
    // last: its limits are those of the whole process, and replies of the offline model take longer
    StatusPort.openIfSet(settings, lifecycle, metrics::text, () -> true);
  }
}
