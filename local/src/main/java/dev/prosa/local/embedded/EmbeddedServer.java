package dev.prosa.local.embedded;

import java.net.URI;
import java.nio.file.Path;

/// One server in this process or beside it, listening on 127.0.0.1 until it is closed.
///
/// Every factory takes a port from 0 to 65535, where 0 means a free one, and returns when the
/// server answers. It throws [PortInUseException] when another program holds the port, and
/// [EmbeddedServerException] when the server does not start for another reason. A folder is created
/// when it is missing and belongs to one process at a time.
public sealed interface EmbeddedServer extends AutoCloseable
    permits ElasticMqServer, DynamoDbLocalServer, EmbeddedRedis, ServerElsewhere {

  /// Where clients connect: `http://127.0.0.1:<port>`, or `redis://:<password>@127.0.0.1:<port>`,
  /// which is a secret and does not belong into a log.
  URI uri();

  /// Stops the server and frees its port, within about five seconds. A second call does nothing.
  @Override
  void close();

  /// ElasticMQ, an SQS, whose queues and messages survive a restart and a killed process.
  ///
  /// Messages are on disk before their sender is answered. Only one persistent ElasticMQ can run in
  /// a process: its connection pool is a static field.
  static EmbeddedServer elasticMq(int port, Path folder) {
    return ElasticMqServer.persistent(port, folder);
  }

  /// ElasticMQ, an SQS, that forgets everything when it is closed.
  static EmbeddedServer elasticMqInMemory(int port) {
    return ElasticMqServer.inMemory(port);
  }

  /// DynamoDB Local with one database for all regions and access keys, kept in a folder.
  static EmbeddedServer dynamoDb(int port, Path folder) {
    return DynamoDbLocalServer.persistent(port, folder);
  }

  /// DynamoDB Local that forgets everything when it is closed.
  static EmbeddedServer dynamoDbInMemory(int port) {
    return DynamoDbLocalServer.inMemory(port);
  }

  /// Redis with a password made up for this run; see [#redis(int, Path, String)].
  static EmbeddedServer redis(int port, Path folder) {
    return EmbeddedRedis.start(port, folder, RedisConfig.randomPassword());
  }

  /// Redis 7 as a child process that keeps nothing on disk but its program and its process id.
  ///
  /// When this process is killed the child stays behind; the next start with the same folder ends
  /// it first.
  ///
  /// @param password letters and digits only, at least 16 of them
  static EmbeddedServer redis(int port, Path folder, String password) {
    return EmbeddedRedis.start(port, folder, password);
  }
}
