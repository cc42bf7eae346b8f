package dev.prosa.bench.chaos;

import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.processes.CrashingRedis;
import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.ingest.Ingest;
import dev.prosa.ingest.IngestMain;
import dev.prosa.ingest.IngestSettings;
import dev.prosa.ingest.http.HttpFront;
import dev.prosa.local.embedded.EmbeddedServer;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/// What is not killed, or not without the harness: queue, table, Redis, and the HTTP API in this
/// process.
///
/// @param queues of ElasticMQ
/// @param table in DynamoDB Local
/// @param cache a pool to the Redis
/// @param uris where everything is
record Backend(
    SqsQueues queues, DynamoDbTable table, RedisPool cache, CrashingRedis redis, Uris uris) {

  /// Where everything is.
  ///
  /// @param api the HTTP API
  record Uris(URI sqs, URI dynamoDb, URI api) {}

  private static final String REGION = "us-east-1";

  static Backend start(Path folder, Journal journal, Lifecycle parts, InstantSource clock) {
    HttpFront.limitServersOfThisProcess();
    var sqs = parts.own("SQS", EmbeddedServer.elasticMqInMemory(0)).uri();
    var dynamoDb = parts.own("DynamoDB", EmbeddedServer.dynamoDbInMemory(0)).uri();
    var redis = parts.own("Redis", CrashingRedis.start(folder.resolve("redis"), journal));
    var configured = ProviderSettings.namesOf(Map.of("PROSA_DEADLINE", "10m"));
    var settings = configured.settings();
    var target = new AwsTarget(REGION, sqs);
    SqsQueues.createIfMissing(target, settings.text(Setting.QUEUE));
    var queues = parts.own("queues", SqsQueues.open(target, settings.text(Setting.QUEUE)));
    var table =
        parts.own(
            "table",
            DynamoDbTable.open(new AwsTarget(REGION, dynamoDb), settings.text(Setting.TABLE)));
    table.createIfMissing();
    var cache = parts.own("pool", RedisPool.open(redis.uri()));
    var ingest = ingest(configured, queues, table, cache, clock);
    var http =
        parts.own(
            "HTTP API",
            HttpFront.start(
                new HttpFront.Listening(InetAddress.getLoopbackAddress(), 0, Set.of()),
                IngestMain.routes(ingest),
                path -> null));
    var api = URI.create("http://127.0.0.1:" + http.port());
    return new Backend(queues, table, cache, redis, new Uris(sqs, dynamoDb, api));
  }

  private static Ingest ingest(
      ProviderSettings configured,
      SqsQueues queues,
      DynamoDbTable table,
      RedisPool cache,
      InstantSource clock) {
    return new Ingest(
        TurnDatabase.dynamoDb(table, clock),
        CallLedger.dynamoDb(table),
        ProviderBoard.redis(cache),
        JobQueue.sqs(queues),
        new Ingest.Presence(
            ConnectionRegistry.redis(cache, clock),
            TicketOffice.redis(cache),
            ReplyChannel.redis(cache, clock)),
        TokenVerifier.development(clock),
        IngestSettings.of(configured),
        Clockwork.of(clock));
  }
}
