package dev.prosa.local.embedded;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.elasticmq.persistence.sql.DB;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.h2.jdbcx.JdbcConnectionPool;
import scalikejdbc.ConnectionPool;
import scalikejdbc.DataSourceConnectionPool;

/// The H2 database in which ElasticMQ keeps queues and messages.
///
/// ElasticMQ reaches it through a static pool that it sets once per process and never closes. Here
/// the pool is replaced at each start, so that a server can be closed and opened again.
final class ElasticMqStorage implements AutoCloseable {

  private static final AtomicBoolean IN_USE = new AtomicBoolean();

  private final FolderLock lock;
  private final JdbcConnectionPool pool;
  private final SqlQueuePersistenceConfig config;

  private ElasticMqStorage(FolderLock lock, String url) {
    this.lock = lock;
    this.pool = JdbcConnectionPool.create(url, "", "");
    this.config = new SqlQueuePersistenceConfig(true, "org.h2.Driver", url, "", "", false);
  }

  /// @throws EmbeddedServerException when another one is open, here or in another process, or when
  ///   the database cannot be read
  static ElasticMqStorage open(String what, Path folder) {
    var lock = FolderLock.acquire(what, folder);
    if (!IN_USE.compareAndSet(false, true)) {
      lock.close();
      throw new EmbeddedServerException(
          "Only one persistent ElasticMQ can run in a process; close the other one first.");
    }
    var storage = new ElasticMqStorage(lock, url(folder));
    try {
      storage.connect();
    } catch (SQLException e) {
      storage.close();
      throw new EmbeddedServerException(
          "ElasticMQ cannot read its queues in %s; move that folder away to start without them."
              .formatted(folder),
          e);
    }
    return storage;
  }

  private void connect() throws SQLException {
    pool.getConnection().close();
    DB.initializeSingleton(config);
    ConnectionPool.singleton(
        new DataSourceConnectionPool(
            pool,
            DataSourceConnectionPool.$lessinit$greater$default$2(),
            DataSourceConnectionPool.$lessinit$greater$default$3()));
  }

  /// `WRITE_DELAY=0` writes at each commit; the default lets half a second of messages die with the
  /// process (H2, "Features", section "Durability problems").
  private static String url(Path folder) {
    return "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
        .formatted(folder.toAbsolutePath().resolve("elasticmq"));
  }

  SqlQueuePersistenceConfig config() {
    return config;
  }

  @Override
  public void close() {
    pool.dispose();
    IN_USE.set(false);
    lock.close();
  }
}
