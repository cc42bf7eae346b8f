package dev.prosa.bench.chaos;

import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.processes.CrashingRedis;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.ingest.IngestMain;
import dev.prosa.ingest.http.HttpFront;
import dev.prosa.local.embedded.EmbeddedServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

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

  /// Counted as for everybody, and never reached.
  private static final String ENOUGH = "1000000000";

  static Backend start(Path folder, Journal journal, Lifecycle parts, InstantSource clock) {
    HttpFront.limitServersOfThisProcess();
    var sqs = parts.own("SQS", EmbeddedServer.elasticMqInMemory(0)).uri();
    var dynamoDb = parts.own("DynamoDB", EmbeddedServer.dynamoDbInMemory(0)).uri();
    var redis = parts.own("Redis", CrashingRedis.start(folder.resolve("redis"), journal));
    var configured = ProviderSettings.namesOf(environment(sqs, dynamoDb));
    var settings = configured.settings();
    var target = new AwsTarget(REGION, sqs);
    SqsQueues.createIfMissing(target, settings.text(Setting.QUEUE));
    var queues = parts.own("queues", SqsQueues.open(target, settings.text(Setting.QUEUE)));
    DynamoDbTable.createIfMissing(new AwsTarget(REGION, dynamoDb), settings.text(Setting.TABLE));
    var table =
        parts.own(
            "table",
            DynamoDbTable.open(new AwsTarget(REGION, dynamoDb), settings.text(Setting.TABLE)));
    var cache = parts.own("pool", RedisPool.open(redis.uri()));
    var ingest = IngestMain.connect(configured, cache, clock, parts);
    var http = parts.own("HTTP API", HttpFront.start(IngestMain.routes(ingest)));
    var api = URI.create("http://127.0.0.1:" + http.port());
    return new Backend(queues, table, cache, redis, new Uris(sqs, dynamoDb, api));
  }

  private static Map<String, String> environment(URI sqs, URI dynamoDb) {
    return Map.of(
        "PROSA_SQS_ENDPOINT",
        sqs.toString(),
        "PROSA_DYNAMODB_ENDPOINT",
        dynamoDb.toString(),
        "PROSA_DEADLINE",
        "10m",
        "PROSA_USER_REQUESTS_PER_MINUTE",
        "0",
        "PROSA_USER_JOBS_IN_FLIGHT",
        ENOUGH,
        "PROSA_USER_TOKENS_PER_DAY",
        ENOUGH);
  }
}
