package dev.prosa.bench.gateway;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.turn.TurnStore;
import dev.prosa.local.embedded.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/// What stands behind every server: a Redis, which is a process, and a table in this process.
///
/// @param redis where Redis is, with its password
/// @param redisPid the process of Redis
/// @param dynamoDb where the table is
/// @param turns the table
/// @param ports what a worker and the HTTP API do in Redis
record Backends(URI redis, long redisPid, URI dynamoDb, TurnStore turns, Ports ports) {

  private static final String REGION = "us-east-1";
  private static final String TABLE = "prosa";

  /// What a worker and the HTTP API do in Redis.
  record Ports(ReplyChannel replies, ConnectionRegistry registry, TicketOffice tickets) {}

  /// @param parts ends it all
  static Backends start(Path folder, Lifecycle parts, InstantSource clock) {
    var inRedis = folder.resolve("redis");
    var redis = parts.own("Redis", EmbeddedServer.redis(0, inRedis)).uri();
    var dynamoDb = parts.own("DynamoDB", EmbeddedServer.dynamoDbInMemory(0)).uri();
    DynamoDbTable.createIfMissing(new AwsTarget(REGION, dynamoDb), TABLE);
    var table = parts.own("table", DynamoDbTable.open(new AwsTarget(REGION, dynamoDb), TABLE));
    var pool = parts.own("pool", RedisPool.open(redis));
    var ports =
        new Ports(
            ReplyChannel.redis(pool, clock),
            ConnectionRegistry.redis(pool, clock),
            TicketOffice.redis(pool));
    return new Backends(
        redis, pid(inRedis), dynamoDb, TurnDatabase.dynamoDb(table, clock).turns(), ports);
  }

  /// It is written there for whoever cleans up behind a killed parent.
  private static long pid(Path folder) {
    try {
      return Long.parseLong(Files.readString(folder.resolve("redis.pid")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("Redis has left no process id", e);
    }
  }
}
