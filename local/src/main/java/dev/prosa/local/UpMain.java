package dev.prosa.local;

import dev.prosa.core.identity.JwtSettings;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.limit.Spendings;
import dev.prosa.core.metrics.Metrics;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.front.IngestHttpMain;
import dev.prosa.gateway.GatewaySettings;
import dev.prosa.gateway.WebSocketGatewayMain;
import dev.prosa.ingest.IngestMain;
import dev.prosa.ingest.http.HttpFront;
import dev.prosa.ingest.http.Route;
import dev.prosa.local.embedded.EmbeddedServers;
import dev.prosa.local.issuer.LocalIssuer;
import dev.prosa.worker.WorkerMain;
import dev.prosa.worker.WorkerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// `prosa up`: the whole chat in one process, with the adapters that run on AWS.
public final class UpMain {

  /// RFC 7517, section 8.5.2.
  private static final String KEYS_TYPE = "application/jwk-set+json";

  private UpMain() {}

  /// Runs until the process is told to end.
  public static void main(String[] args) {
    Console.run(UpMain::run);
  }

  private static void run(LocalSettings settings) {
    var lifecycle = Lifecycle.create();
    var stop = new StopOnSignal(lifecycle);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stop));
    var failed = true;
    try {
      var chat = start(settings, Console::say, lifecycle);
      failed = false;
      Console.showReady(chat, settings);
    } catch (RuntimeException e) {
      if (!stop.isStopping()) {
        throw e;
      }
    } finally {
      stop.startEnded(failed);
    }
  }

  /// Starts the chat.
  ///
  /// @param progress hears what is done, a few words each
  /// @throws StartException when a port, the data folder or an address cannot be used
  public static RunningChat start(LocalSettings local, Consumer<String> progress) {
    return start(local, progress, Lifecycle.create());
  }

  private static RunningChat start(
      LocalSettings local, Consumer<String> progress, Lifecycle lifecycle) {
    HttpFront.limitServersOfThisProcess();
    try {
      return open(local, progress, lifecycle);
    } catch (RuntimeException e) {
      lifecycle.close();
      throw e;
    }
  }

  private static RunningChat open(
      LocalSettings local, Consumer<String> progress, Lifecycle lifecycle) {
    var address = Ports.address(local.settings());
    var settings = withIssuer(Ports.resolve(local.settings(), address), address);
    var clock = InstantSource.system();
    requireWritable(local.data());
    progress.accept("starting SQS (ElasticMQ), DynamoDB Local and Redis, data in " + local.data());
    settings = withServers(settings, local.data(), lifecycle);
    var configured = local.configured().with(settings);
    progress.accept("creating queue, dead-letter queue and table where they are missing");
    var surroundings = surroundings(settings, lifecycle, clock);
    progress.accept("starting worker, WebSocket gateway and HTTP API");
    lifecycle.own("worker", WorkerMain.start(WorkerSettings.of(configured), surroundings));
    var gateway =
        lifecycle.own(
            "gateway",
            WebSocketGatewayMain.start(
                GatewaySettings.of(settings),
                surroundings.database(),
                surroundings.redis(),
                surroundings.metrics().gateway(),
                clock));
    var connected = IngestMain.connect(configured, surroundings.redis(), clock, lifecycle);
    var queues = connected.operations().queues();
    var ingest =
        connected.with(
            who -> DlqMain.auditFile(local, queues.get().letters().name(), who.value(), clock));
    var more = new ArrayList<>(issuers(settings, local.data(), clock));
    more.add(IngestMain.metrics(surroundings.metrics()::text));
    var http = lifecycle.own("HTTP API", IngestHttpMain.serve(settings, ingest, more));
    lifecycle.own("run file", RunFile.of(settings).writeTo(local.data()));
    return new RunningChat(
        URI.create("http://%s:%d/".formatted(name(address), http.port())),
        URI.create("ws://%s:%d/".formatted(name(address), gateway.port())),
        ingest.settings().model(),
        lifecycle);
  }

  private static String name(InetAddress address) {
    return address.getHostAddress().equals("127.0.0.1") ? "localhost" : "[::1]";
  }

  private static void requireWritable(Path data) {
    try {
      Files.createDirectories(data);
      Files.delete(Files.createTempFile(data, "write", ".tmp"));
    } catch (IOException e) {
      throw new StartException(
          "The data folder %s cannot be written. Choose another with %s."
              .formatted(data, Setting.DATA.key()),
          e);
    }
  }

  /// The public key of the tokens that this machine issues, when it is asked for by their readers.
  private static List<Route> issuers(Settings settings, Path data, InstantSource clock) {
    if (!LocalIssuer.NAME.equals(settings.textOrNull(Setting.JWT_ISSUER))) {
      return List.of();
    }
    var issuer = LocalIssuer.in(data, clock);
    return List.of(IngestMain.text(LocalIssuer.KEYS_PATH, KEYS_TYPE, issuer::keys));
  }

  /// Tokens that nobody else issues are issued here.
  private static Settings withIssuer(Settings settings, InetAddress address) {
    if (JwtSettings.isDevelopment(settings) || settings.isSet(Setting.JWT_ISSUER)) {
      return settings;
    }
    var keys =
        "http://%s:%d%s"
            .formatted(name(address), settings.number(Setting.HTTP_PORT), LocalIssuer.KEYS_PATH);
    return settings
        .with(Setting.JWT_ISSUER, LocalIssuer.NAME)
        .with(Setting.JWT_AUDIENCE, LocalIssuer.AUDIENCE)
        .with(Setting.JWT_KEYS, keys);
  }

  /// What is configured stays; what is not runs here.
  private static Settings withServers(Settings settings, Path data, Lifecycle lifecycle) {
    var elsewhere =
        new EmbeddedServers.Elsewhere(
            settings.urlOrNull(Setting.SQS_ENDPOINT),
            settings.urlOrNull(Setting.DYNAMODB_ENDPOINT),
            settings.isSet(Setting.REDIS_URL) ? settings.urlOrNull(Setting.REDIS_URL) : null);
    var servers = lifecycle.own("embedded servers", EmbeddedServers.start(elsewhere, data));
    return settings
        .with(Setting.SQS_ENDPOINT, servers.sqs().uri().toString())
        .with(Setting.DYNAMODB_ENDPOINT, servers.dynamoDb().uri().toString())
        .with(Setting.REDIS_URL, servers.redis().uri().toString());
  }

  private static WorkerMain.Surroundings surroundings(
      Settings settings, Lifecycle lifecycle, InstantSource clock) {
    var region = settings.text(Setting.AWS_REGION);
    var sqs = new AwsTarget(region, settings.urlOrNull(Setting.SQS_ENDPOINT));
    var dynamoDb = new AwsTarget(region, settings.urlOrNull(Setting.DYNAMODB_ENDPOINT));
    SqsQueues.createIfMissing(sqs, settings.text(Setting.QUEUE));
    var queues = lifecycle.own("queues", SqsQueues.open(sqs, settings.text(Setting.QUEUE)));
    DynamoDbTable.createIfMissing(dynamoDb, settings.text(Setting.TABLE));
    var table = lifecycle.own("table", DynamoDbTable.open(dynamoDb, settings.text(Setting.TABLE)));
    var redis =
        lifecycle.own("Redis", RedisPool.open(URI.create(settings.text(Setting.REDIS_URL))));
    return new WorkerMain.Surroundings(
        TurnDatabase.dynamoDb(table, clock),
        CallLedger.dynamoDb(table),
        Quotas.redis(redis, Spendings.dynamoDb(table), clock),
        JobQueue.sqs(queues),
        redis,
        Metrics.create(),
        clock);
  }
}
