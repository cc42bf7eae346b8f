package dev.prosa.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.almworks.sqlite4java.SQLiteConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamoDbLocalServerTest {

  private static final String FILE = "shared-local-instance.db";

  @Test
  void stores_an_item_in_memory() {
    try (var server = EmbeddedServer.dynamoDbInMemory(0);
        var table = Tables.open(server.uri())) {
      table.put("item");

      assertThat(table.contains("item")).isTrue();
      assertThat(table.contains("other")).isFalse();
    }
  }

  @Test
  void keeps_items_when_closed_and_opened_again(@TempDir Path folder) {
    try (var server = EmbeddedServer.dynamoDb(0, folder);
        var table = Tables.open(server.uri())) {
      table.put("kept");
    }

    try (var server = EmbeddedServer.dynamoDb(0, folder);
        var table = Tables.open(server.uri())) {
      assertThat(table.contains("kept")).isTrue();
    }
  }

  @Test
  void waits_while_the_file_is_still_being_closed(@TempDir Path folder)
      throws InterruptedException, ExecutionException {
    EmbeddedServer.dynamoDb(0, folder).close();
    var file = new SQLiteConnection(folder.resolve(FILE).toFile());
    try (var closing = Executors.newSingleThreadScheduledExecutor()) {
      closing
          .submit(() -> file.open().exec("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE"))
          .get();
      var closed = new AtomicBoolean();
      var _ = closing.schedule(() -> dispose(file, closed), 300, TimeUnit.MILLISECONDS);

      try (var server = EmbeddedServer.dynamoDb(0, folder);
          var table = Tables.open(server.uri())) {
        assertThat(closed).isTrue();
        table.put("kept");
        assertThat(table.contains("kept")).isTrue();
      }
    }
  }

  /// Says so first: as soon as it is done, others may have the file.
  private static void dispose(SQLiteConnection file, AtomicBoolean closed) {
    closed.set(true);
    file.dispose();
  }

  @Test
  void waits_for_the_disk_once_a_commit(@TempDir Path folder) throws IOException {
    try (var server = EmbeddedServer.dynamoDb(0, folder);
        var table = Tables.open(server.uri())) {
      table.put("kept");
    }

    // the versions to write and to read it with: 2 is write-ahead logging (SQLite, "Database File
    // Format", section 1.3)
    var header = Files.readAllBytes(folder.resolve(FILE));
    assertThat(header[18]).isEqualTo((byte) 2);
    assertThat(header[19]).isEqualTo((byte) 2);
  }

  @Test
  void says_that_another_one_uses_the_folder(@TempDir Path folder) {
    try (var server = EmbeddedServer.dynamoDb(0, folder)) {
      assertThat(server.uri()).hasHost("127.0.0.1");

      assertThatThrownBy(() -> EmbeddedServer.dynamoDb(0, folder))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("because another Prosa uses it");
    }
  }

  @Test
  void says_which_port_is_in_use() {
    try (var server = EmbeddedServer.dynamoDbInMemory(0)) {
      var port = server.uri().getPort();

      assertThatThrownBy(() -> EmbeddedServer.dynamoDbInMemory(port))
          .isInstanceOf(PortInUseException.class)
          .hasMessageContaining("DynamoDB Local cannot listen on 127.0.0.1:" + port);
    }
  }
}
