package dev.prosa.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.exceptions.JedisDataException;

class EmbeddedRedisTest {

  @TempDir private Path folder;

  @Test
  void stores_a_value_for_who_knows_the_password() {
    try (var server = EmbeddedServer.redis(0, folder, "abcdefgh12345678");
        var redis = Clients.redis(server.uri())) {
      redis.set("key", "value");

      assertThat(redis.get("key")).isEqualTo("value");
      assertThat(server.uri().toString()).startsWith("redis://:abcdefgh12345678@127.0.0.1:");
    }
  }

  @Test
  void refuses_who_does_not_know_the_password() {
    try (var server = EmbeddedServer.redis(0, folder);
        var redis = Clients.redis(URI.create("redis://127.0.0.1:" + server.uri().getPort()))) {
      assertThatThrownBy(redis::ping)
          .isInstanceOf(JedisDataException.class)
          .hasMessageContaining("NOAUTH");
    }
  }

  @Test
  void shows_the_password_neither_in_the_process_list_nor_in_a_file() throws IOException {
    try (var server = EmbeddedServer.redis(0, folder, "abcdefgh12345678")) {
      assertThat(server.uri()).hasScheme("redis");

      assertThat(ProcessHandle.current().children().map(c -> c.info().toString()))
          .isNotEmpty()
          .noneMatch(info -> info.contains("abcdefgh12345678"));
      try (var files = Files.list(folder)) {
        assertThat(files.filter(f -> Files.isRegularFile(f) && f.toFile().length() < 10_000))
            .noneMatch(f -> contentOf(f).contains("abcdefgh12345678"));
      }
    }
  }

  private static String contentOf(Path file) {
    return org.assertj.core.util.Files.contentOf(file.toFile(), "ISO-8859-1");
  }

  @Test
  void saves_nothing_and_evicts_what_ends_soonest() {
    try (var server = EmbeddedServer.redis(0, folder);
        var redis = Clients.redis(server.uri())) {
      assertThat(redis.configGet("save")).containsValue("");
      assertThat(redis.configGet("maxmemory")).containsValue("268435456");
      assertThat(redis.configGet("maxmemory-policy")).containsValue("volatile-lru");
    }
  }

  @Test
  void leaves_a_process_alone_that_only_has_the_same_id() throws IOException, InterruptedException {
    var stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(folder.resolve("redis.pid"), Long.toString(stranger.pid()));

      EmbeddedServer.redis(0, folder).close();

      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void starts_over_a_garbled_process_id() throws IOException {
    Files.writeString(folder.resolve("redis.pid"), "not a number\n");

    EmbeddedServer.redis(0, folder).close();

    assertThat(folder.resolve("redis.pid")).doesNotExist();
  }

  @Test
  void says_which_port_is_in_use(@TempDir Path other) {
    try (var server = EmbeddedServer.redis(0, folder)) {
      var port = server.uri().getPort();

      assertThatThrownBy(() -> EmbeddedServer.redis(port, other))
          .isInstanceOf(PortInUseException.class)
          .hasMessageContaining("Redis cannot listen on 127.0.0.1:" + port);
    }
  }

  @Test
  void says_what_to_do_where_there_is_no_program_for_the_platform() {
    assertThatThrownBy(() -> RedisBinary.unpack(folder, "Windows 11", "amd64"))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessage(
            "There is no embedded Redis for Windows 11 on amd64; set PROSA_REDIS_URL to a running"
                + " Redis.");
  }

  @Test
  void refuses_a_password_that_could_break_the_configuration() {
    assertThatThrownBy(() -> EmbeddedServer.redis(0, folder, "abcdefgh12345678\nport 1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
