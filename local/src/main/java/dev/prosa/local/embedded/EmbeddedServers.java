package dev.prosa.local.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All three servers, started at the same time.
///
/// @param sqs an SQS
/// @param dynamoDb a DynamoDB
/// @param redis a Redis
public record EmbeddedServers(EmbeddedServer sqs, EmbeddedServer dynamoDb, EmbeddedServer redis)
    implements AutoCloseable {

  /// Made before the three threads start: they would all set up logging at the same moment.
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServers.class);

  private static final int ANY_PORT = 0;

  private static final Executor OWN_THREAD =
      task -> Thread.ofPlatform().daemon().name("embedded-start").start(task);

  /// Servers that run somewhere else and are used as they are; null for each that shall run here.
  public record Elsewhere(@Nullable URI sqs, @Nullable URI dynamoDb, @Nullable URI redis) {

    /// All run here.
    public static final Elsewhere NONE = new Elsewhere(null, null, null);
  }

  /// Starts all of them on free ports and returns when all answer; what they keep is under `data`.
  ///
  /// @throws EmbeddedServerException when one does not start; what had started is closed again
  public static EmbeddedServers start(Elsewhere elsewhere, Path data) {
    var sqs =
        begin(elsewhere.sqs(), () -> EmbeddedServer.elasticMq(ANY_PORT, data.resolve("elasticmq")));
    var dynamoDb =
        begin(
            elsewhere.dynamoDb(),
            () -> EmbeddedServer.dynamoDb(ANY_PORT, data.resolve("dynamodb")));
    var redis =
        begin(elsewhere.redis(), () -> EmbeddedServer.redis(ANY_PORT, data.resolve("redis")));
    try {
      var servers = new EmbeddedServers(sqs.join(), dynamoDb.join(), redis.join());
      LOG.debug("SQS, DynamoDB and Redis answer; their data is in {}", data);
      return servers;
    } catch (CompletionException e) {
      List.of(sqs, dynamoDb, redis).forEach(server -> closeWhenStarted(server, e));
      throw e.getCause() instanceof EmbeddedServerException known ? known : e;
    }
  }

  private static CompletableFuture<EmbeddedServer> begin(
      @Nullable URI elsewhere, Supplier<EmbeddedServer> start) {
    return elsewhere == null
        ? CompletableFuture.supplyAsync(start, OWN_THREAD)
        : CompletableFuture.completedFuture(new ServerElsewhere(elsewhere));
  }

  private static void closeWhenStarted(
      CompletableFuture<EmbeddedServer> server, CompletionException problem) {
    try {
      server.join().close();
    } catch (CompletionException e) {
      if (!Objects.equals(e.getCause(), problem.getCause())) {
        problem.addSuppressed(e);
      }
    }
  }

  /// Closes all of them at the same time.
  @Override
  public void close() {
    var closing =
        List.of(sqs, dynamoDb, redis).stream()
            .map(server -> CompletableFuture.runAsync(server::close, OWN_THREAD))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(closing).join();
  }
}
