package dev.prosa.local.embedded;

import com.almworks.sqlite4java.SQLiteConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/// DynamoDB Local behind a Jetty of our own.
///
/// Its own `DynamoDBProxyServer` listens on every interface, and its `ServerRunner` and
/// `DynamoDBEmbedded` report each start to Amazon; none of them is used here, so nothing is sent.
final class DynamoDbLocalServer implements EmbeddedServer {

  private static final String NAME = "DynamoDB Local";

  /// What it calls its file when all clients share one.
  private static final String FILE = "shared-local-instance.db";

  private static final int AUTHORITY_LEVEL = 0;
  private static final boolean SHARED_DB = true;
  private static final boolean DELAY_TABLE_STATES = false;
  private static final int MAX_THREADS = 64;
  private static final int MIN_THREADS = 4;

  /// How long the server before this one may take to close its file: seen are milliseconds.
  private static final Duration CLOSING = Duration.ofSeconds(10);

  /// A field, because `java.util.logging` forgets the level of a logger nobody holds.
  private static final Logger SQLITE_LOG = Logger.getLogger("com.almworks.sqlite4java");

  private final Server server;
  private final LocalDynamoDBRequestHandler database;
  private final @Nullable FolderLock lock;
  private final URI uri;

  private DynamoDbLocalServer(
      Server server, LocalDynamoDBRequestHandler database, @Nullable FolderLock lock) {
    this.server = server;
    this.database = database;
    this.lock = lock;
    this.uri = URI.create("http://%s:%d".formatted(LoopbackPort.HOST, portOf(server)));
  }

  static DynamoDbLocalServer persistent(int port, Path folder) {
    var lock = FolderLock.acquire(NAME, folder);
    try {
      return start(port, folder.toRealPath(), lock);
    } catch (IOException e) {
      lock.close();
      throw new EmbeddedServerException("DynamoDB Local cannot use %s.".formatted(folder), e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  static DynamoDbLocalServer inMemory(int port) {
    return start(port, null, null);
  }

  private static DynamoDbLocalServer start(
      int port, @Nullable Path folder, @Nullable FolderLock lock) {
    LoopbackPort.requireFree(NAME, port);
    SQLITE_LOG.setLevel(Level.WARNING);
    if (folder != null) {
      logAhead(folder);
    }
    var database =
        new LocalDynamoDBRequestHandler(
            AUTHORITY_LEVEL,
            folder == null,
            folder == null ? null : folder.toString(),
            SHARED_DB,
            DELAY_TABLE_STATES);
    var server = new Server(new QueuedThreadPool(MAX_THREADS, MIN_THREADS));
    server.addConnector(connector(server, port));
    server.setHandler(new LocalDynamoDBServerHandler(database, null));
    return new DynamoDbLocalServer(started(server, port), database, lock);
  }

  /// Has SQLite append what is committed to one file, instead of saving the old pages in another
  /// one first (sqlite.org, "Write-Ahead Logging"): a commit waits for the disk once, not several
  /// times, and is as safe. The mode stays with the file. Nobody else uses SQLite at this moment:
  /// its first use by two threads at once can crash the process.
  ///
  /// It waits until it has the file to itself: DynamoDB Local closes it some time after its
  /// `shutdown` has returned, and does not wait itself when it opens one that is still being
  /// closed.
  private static void logAhead(Path folder) {
    var connection = new SQLiteConnection(folder.resolve(FILE).toFile());
    try {
      SQLiteLibraryLoader.initialize();
      connection.open(true).setBusyTimeout(CLOSING.toMillis());
      connection.exec("PRAGMA locking_mode=EXCLUSIVE").exec("PRAGMA journal_mode=WAL");
    } catch (Exception e) {
      throw new EmbeddedServerException("DynamoDB Local cannot use %s.".formatted(folder), e);
    } finally {
      connection.dispose();
    }
  }

  private static ServerConnector connector(Server server, int port) {
    var connector = new ServerConnector(server, 1, 1);
    connector.setHost(LoopbackPort.HOST);
    connector.setPort(port);
    return connector;
  }

  private static Server started(Server server, int port) {
    try {
      server.start();
      return server;
    } catch (Exception e) {
      var problem =
          new EmbeddedServerException(
              "DynamoDB Local did not start on port %d.".formatted(port), e);
      stop(server, problem);
      throw problem;
    }
  }

  private static void stop(Server server, Exception problem) {
    try {
      server.stop();
    } catch (Exception e) {
      problem.addSuppressed(e);
    }
  }

  private static int portOf(Server server) {
    return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public void close() {
    var problem = new EmbeddedServerException("DynamoDB Local did not stop cleanly.");
    stop(server, problem);
    database.shutdown();
    if (lock != null) {
      lock.close();
    }
    if (problem.getSuppressed().length > 0) {
      throw problem;
    }
  }
}
