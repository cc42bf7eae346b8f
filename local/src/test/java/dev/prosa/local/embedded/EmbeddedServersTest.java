package dev.prosa.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.exceptions.JedisException;

class EmbeddedServersTest {

  @Test
  void keep_what_was_stored_when_the_process_is_killed_and_end_its_redis(@TempDir Path data)
      throws IOException, InterruptedException {
    assertThat(HaltingProcess.run(UseAllAndHaltMain.class, data)).isEqualTo(137);
    var uri = URI.create(Files.readString(data.resolve(UseAllAndHaltMain.ORPHAN)));

    try (var orphan = Clients.redis(uri)) {
      assertThat(orphan.ping()).isEqualTo("PONG");
      try (var servers = EmbeddedServers.start(EmbeddedServers.Elsewhere.NONE, data);
          var queues = Queues.create(servers.sqs().uri());
          var table = Tables.open(servers.dynamoDb().uri())) {
        assertThat(queues.receive()).containsExactly("survivor");
        assertThat(table.contains("survivor")).isTrue();
        assertThatThrownBy(orphan::ping).isInstanceOf(JedisException.class);
      }
    }
  }

  @Test
  void close_the_others_when_one_folder_is_taken(@TempDir Path data) {
    try (var taken = FolderLock.acquire("a test", data.resolve("dynamodb"))) {
      assertThat(taken).isNotNull();

      assertThatThrownBy(() -> EmbeddedServers.start(EmbeddedServers.Elsewhere.NONE, data))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("another Prosa uses it");
    }

    EmbeddedServers.start(EmbeddedServers.Elsewhere.NONE, data).close();
  }
}
