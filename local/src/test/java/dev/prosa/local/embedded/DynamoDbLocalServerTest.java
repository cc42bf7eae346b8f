package dev.prosa.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamoDbLocalServerTest {

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
