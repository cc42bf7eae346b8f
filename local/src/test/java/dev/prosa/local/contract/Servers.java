package dev.prosa.local.contract;

import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.RandomId;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.local.embedded.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// The embedded servers, each started by the first test that needs it and stopped with the JVM.
final class Servers {

  /// Where an emulator runs that stands for SQS and DynamoDB; null when none does.
  private static final @Nullable String EMULATOR = System.getProperty("prosa.test.aws");

  /// Contracts say nothing about time, and many tests may run on a machine at once.
  private static final AwsTarget.Patience PATIENCE =
      new AwsTarget.Patience(Duration.ofSeconds(10), Duration.ofSeconds(30));

  private Servers() {}

  private static final class DynamoDb {
    static final EmbeddedServer SERVER = untilTheEnd(EmbeddedServer.dynamoDbInMemory(0));
  }

  private static final class Sqs {
    static final EmbeddedServer SERVER = untilTheEnd(EmbeddedServer.elasticMqInMemory(0));
  }

  private static final class Redis {
    static final EmbeddedServer SERVER = start();

    private static EmbeddedServer start() {
      try {
        var folder = Files.createTempDirectory("prosa-contract");
        var server = EmbeddedServer.redis(0, folder);
        Runtime.getRuntime()
            .addShutdownHook(
                Thread.ofPlatform()
                    .unstarted(() -> {
                      server.close();
                      delete(folder);
                    }));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void delete(Path folder) {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static EmbeddedServer untilTheEnd(EmbeddedServer server) {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
    return server;
  }

  /// A new, empty table; the caller closes its client.
  static DynamoDbTable table() {
    var name = "prosa-" + RandomId.create().value();
    DynamoDbTable.createIfMissing(dynamoDb(), name);
    return DynamoDbTable.open(dynamoDb(), name, PATIENCE);
  }

  private static AwsTarget dynamoDb() {
    return target(EMULATOR == null ? DynamoDb.SERVER.uri() : URI.create(EMULATOR));
  }

  static AwsTarget sqs() {
    return target(EMULATOR == null ? Sqs.SERVER.uri() : URI.create(EMULATOR));
  }

  /// New, empty queues; the caller closes their clients.
  static SqsQueues queues() {
    var name = "jobs-" + RandomId.create().value();
    SqsQueues.createIfMissing(sqs(), name);
    return SqsQueues.open(sqs(), name);
  }

  static URI redis() {
    return Redis.SERVER.uri();
  }

  private static AwsTarget target(URI server) {
    return new AwsTarget("us-east-1", server);
  }
}
