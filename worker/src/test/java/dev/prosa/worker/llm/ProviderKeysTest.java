package dev.prosa.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prosa.core.provider.Price;
import dev.prosa.core.provider.ProviderConfig;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.worker.testing.ManualClockwork;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderKeysTest {

  private static final ApiKey FIRST = new ApiKey("sk-first");
  private static final ApiKey SECOND = new ApiKey("sk-second");

  private final KeyStore store = new KeyStore();
  private final LaterClockwork clockwork = new LaterClockwork();

  @AfterEach
  void close() {
    store.close();
  }

  private static ProviderConfig provider(String name, @Nullable String key) {
    return new ProviderConfig(
        name,
        URI.create("http://127.0.0.1:1"),
        key,
        List.of("m-1"),
        Price.FREE,
        ProviderConfig.Limits.DEFAULT);
  }

  private ProviderKeys open(ProviderConfig... providers) {
    return ProviderKeys.open(List.of(providers), store.stores(), clockwork);
  }

  @Test
  void takes_a_key_that_is_given_and_one_that_is_not_needed() {
    try (var keys = open(provider("a", "sk-first"), provider("b", null))) {
      assertThat(keys.of("a")).isEqualTo(FIRST);
      assertThat(keys.of("b")).isEqualTo(ApiKey.NONE);
      assertThat(clockwork.task).isNull();
    }
    assertThat(store.requests()).isEmpty();
  }

  @Test
  void reads_a_parameter_decrypted() {
    store.put("/prosa/a", "sk-first\n");

    try (var keys = open(provider("a", "ssm:/prosa/a"))) {
      assertThat(keys.of("a")).isEqualTo(FIRST);
    }
    assertThat(store.requests())
        .containsExactly("AmazonSSM.GetParameter {\"Name\":\"/prosa/a\",\"WithDecryption\":true}");
  }

  @Test
  void reads_the_whole_text_of_a_secret() {
    store.put("prosa/a", "sk-first");

    try (var keys = open(provider("a", "secretsmanager:prosa/a"))) {
      assertThat(keys.of("a")).isEqualTo(FIRST);
    }
    assertThat(store.requests())
        .containsExactly("secretsmanager.GetSecretValue {\"SecretId\":\"prosa/a\"}");
  }

  @Test
  void refuses_the_start_naming_every_key_that_cannot_be_read_but_no_value() {
    store.put("/prosa/c", "sk with blanks");

    assertThatThrownBy(() ->
            open(
                provider("a-1", "ssm:/prosa/a"),
                provider("b", "secretsmanager:prosa/b"),
                provider("c", "ssm:/prosa/c"),
                provider("d", "sk-first")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            """
            A_1_API_KEY=ssm:/prosa/a cannot be read: ParameterNotFound
            B_API_KEY=secretsmanager:prosa/b cannot be read: ResourceNotFoundException
            C_API_KEY=ssm:/prosa/c cannot be read: what is stored there is no key\
            """);
  }

  @Test
  void refuses_the_start_when_the_store_is_away() {
    store.close();

    assertThatThrownBy(() -> open(provider("a", "ssm:/prosa/a")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "A_API_KEY=ssm:/prosa/a cannot be read: its store did not answer, or no AWS credentials"
                + " are here");
  }

  @Test
  void reads_again_every_5_minutes_until_it_is_closed() {
    store.put("/prosa/a", "sk-first");
    var keys = open(provider("a", "ssm:/prosa/a"));
    store.put("/prosa/a", "sk-second");
    var seen = new CompletableFuture<ApiKey>();
    clockwork.time.at(Duration.ofSeconds(301), () -> seen.complete(keys.of("a")));
    clockwork.time.at(Duration.ofMinutes(11), keys::close);

    clockwork.run();

    assertThat(seen).isCompletedWithValue(SECOND);
    assertThat(clockwork.time.passed()).isEqualTo(Duration.ofMinutes(11));
    assertThat(store.requests()).hasSize(3);
  }

  @Test
  void keeps_the_old_key_when_it_cannot_be_read_again() {
    store.put("/prosa/a", "sk-first");
    try (var keys = open(provider("a", "ssm:/prosa/a"))) {
      clockwork.pass(Duration.ofSeconds(30));
      store.allow(false);

      assertThat(keys.refresh("a", FIRST)).isFalse();
      assertThat(keys.of("a")).isEqualTo(FIRST);
      assertThat(store.requests()).hasSize(2);
    }
  }

  @Test
  void reads_a_refused_key_again_at_once_but_not_twice_in_30_seconds() {
    store.put("/prosa/a", "sk-first");
    try (var keys = open(provider("a", "ssm:/prosa/a"))) {
      clockwork.pass(Duration.ofSeconds(30));
      assertThat(keys.refresh("a", FIRST)).isFalse();
      store.put("/prosa/a", "sk-second");

      clockwork.pass(Duration.ofMillis(29_999));
      assertThat(keys.refresh("a", FIRST)).isFalse();
      clockwork.pass(Duration.ofMillis(1));
      assertThat(keys.refresh("a", FIRST)).isTrue();

      assertThat(keys.of("a")).isEqualTo(SECOND);
      assertThat(store.requests()).hasSize(3);
    }
  }

  @Test
  void does_not_read_again_for_a_key_that_was_replaced_already() {
    store.put("/prosa/a", "sk-second");
    try (var keys = open(provider("a", "ssm:/prosa/a"))) {
      clockwork.pass(Duration.ofMinutes(1));

      assertThat(keys.refresh("a", FIRST)).isTrue();
      assertThat(store.requests()).hasSize(1);
    }
  }

  @Test
  void never_shows_a_key() {
    try (var keys = open(provider("a", "sk-first"))) {
      assertThat(keys.of("a") + " " + keys).doesNotContain("sk-first");
    }
  }

  @Test
  void knows_its_providers_only() {
    try (var keys = open(provider("a", "sk-first"))) {
      assertThatThrownBy(() -> keys.of("b")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  /// Manual time whose one task runs when the test says so.
  private static final class LaterClockwork implements Clockwork {

    private final ManualClockwork time = new ManualClockwork();
    private @Nullable Runnable task;

    void run() {
      if (task != null) {
        task.run();
      }
    }

    void pass(Duration duration) {
      try {
        time.bell().await(duration.toNanos());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Instant instant() {
      return time.instant();
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public void start(String name, Runnable started) {
      task = started;
    }

    @Override
    public Bell bell() {
      return time.bell();
    }
  }
}
