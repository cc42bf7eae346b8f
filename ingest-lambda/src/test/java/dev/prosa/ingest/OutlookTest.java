package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.provider.ProviderStatus.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlookTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant SOON = NOW.plusSeconds(5);
  private static final Instant LATER = NOW.plusSeconds(20);

  private static ProviderStatus closed(String provider, String model) {
    return new ProviderStatus(provider, model, State.CLOSED, null);
  }

  private static ProviderStatus open(String provider, String model, Instant retryAt) {
    return new ProviderStatus(provider, model, State.OPEN, retryAt);
  }

  @Test
  void knows_nothing_when_nobody_says_anything() {
    assertThat(new Outlook(List.of()).retryAt(null, NOW)).isNull();
  }

  @Test
  void one_provider_of_one_worker_is_enough() {
    var outlook =
        new Outlook(
            List.of(
                List.of(open("a", "m", SOON), open("b", "m", SOON)),
                List.of(open("a", "m", SOON), closed("b", "m"))));

    assertThat(outlook.retryAt(null, NOW)).isNull();
  }

  @Test
  void tells_the_earliest_time_when_all_are_down() {
    var outlook =
        new Outlook(List.of(List.of(open("a", "m", LATER)), List.of(open("a", "m", SOON))));

    assertThat(outlook.retryAt(null, NOW)).isEqualTo(SOON);
    assertThat(outlook.retryAt(null, SOON)).isNull();
  }

  @Test
  void looks_at_the_model_that_is_asked_for() {
    var outlook = new Outlook(List.of(List.of(closed("a", "small"), open("a", "large", SOON))));

    assertThat(outlook.retryAt("large", NOW)).isEqualTo(SOON);
    assertThat(outlook.retryAt("small", NOW)).isNull();
  }

  @Test
  void looks_at_the_first_model_of_each_provider_when_none_is_asked_for() {
    var outlook = new Outlook(List.of(List.of(open("a", "small", SOON), closed("a", "large"))));

    assertThat(outlook.retryAt(null, NOW)).isEqualTo(SOON);
  }

  @Test
  void shows_each_model_as_it_fares_best() {
    var outlook =
        new Outlook(
            List.of(
                List.of(open("a", "m", SOON), closed("b", "m")),
                List.of(closed("a", "m"), closed("b", "m"))));

    assertThat(outlook.best()).containsExactly(closed("a", "m"), closed("b", "m"));
  }
}
