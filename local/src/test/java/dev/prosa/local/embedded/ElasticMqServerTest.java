package dev.prosa.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElasticMqServerTest {

  @Test
  void takes_a_message_with_a_group_on_a_standard_queue() {
    try (var server = EmbeddedServer.elasticMqInMemory(0);
        var queues = Queues.create(server.uri())) {
      queues.send("hello");

      assertThat(queues.receive()).containsExactly("hello");
    }
  }

  @Test
  void moves_a_message_to_the_dead_letters_when_it_was_received_too_often() {
    try (var server = EmbeddedServer.elasticMqInMemory(0);
        var queues = Queues.create(server.uri())) {
      queues.send("poison");

      assertThat(queues.receive()).containsExactly("poison");
      assertThat(queues.receive()).containsExactly("poison");
      assertThat(queues.receive()).isEmpty();
      assertThat(queues.receiveDeadLetters()).containsExactly("poison");
    }
  }

  @Test
  void keeps_queues_and_messages_when_closed_and_opened_again(@TempDir Path folder) {
    try (var server = EmbeddedServer.elasticMq(0, folder);
        var queues = Queues.create(server.uri())) {
      queues.send("kept");
    }

    try (var server = EmbeddedServer.elasticMq(0, folder);
        var queues = Queues.create(server.uri())) {
      assertThat(queues.receive()).containsExactly("kept");
    }
  }

  @Test
  void keeps_the_messages_of_two_folders_apart(@TempDir Path one, @TempDir Path two) {
    try (var server = EmbeddedServer.elasticMq(0, one);
        var queues = Queues.create(server.uri())) {
      queues.send("one");
    }

    try (var server = EmbeddedServer.elasticMq(0, two);
        var queues = Queues.create(server.uri())) {
      assertThat(queues.receive()).isEmpty();
    }
  }

  @Test
  void says_that_only_one_can_keep_messages(@TempDir Path one, @TempDir Path two) {
    try (var server = EmbeddedServer.elasticMq(0, one)) {
      assertThat(server.uri()).hasHost("127.0.0.1");

      assertThatThrownBy(() -> EmbeddedServer.elasticMq(0, two))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageStartingWith("Only one persistent ElasticMQ can run in a process");
    }
  }

  @Test
  void says_what_to_do_when_its_database_cannot_be_read(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("elasticmq.mv.db"), "not a database".repeat(1_000));

    assertThatThrownBy(() -> EmbeddedServer.elasticMq(0, folder))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageEndingWith("move that folder away to start without them.");
  }

  @Test
  void says_which_port_is_in_use() {
    try (var server = EmbeddedServer.elasticMqInMemory(0)) {
      var port = server.uri().getPort();

      assertThatThrownBy(() -> EmbeddedServer.elasticMqInMemory(port))
          .isInstanceOf(PortInUseException.class)
          .hasMessageContaining("ElasticMQ cannot listen on 127.0.0.1:" + port);
    }
  }
}
