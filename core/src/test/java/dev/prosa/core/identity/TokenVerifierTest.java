package dev.prosa.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private final TokenVerifier verifier = TokenVerifier.development(() -> NOW);

  @Test
  void no_token_is_the_local_user() {
    assertThat(verifier.verify(null))
        .isEqualTo(new Caller(new OwnerId("local"), null, Set.of(Role.ADMIN, Role.OPERATOR), null));
  }

  @Test
  void a_development_token_names_its_user() {
    assertThat(verifier.verify("dev-ann")).isEqualTo(new Caller(new OwnerId("ann"), null));
  }

  @Test
  void a_development_token_may_end() {
    assertThat(verifier.verify("dev-ann!1800000001"))
        .isEqualTo(new Caller(new OwnerId("ann"), NOW.plusSeconds(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dev-",
        "ann",
        "DEV-ann",
        "dev-a b",
        "dev-{ann}",
        " dev-ann",
        "dev-!1800000001",
        "dev-ann!",
        "dev-ann!soon",
        "dev-ann!1800000000",
        "dev-ann!18000000010"
      })
  void anything_else_proves_nothing(String token) {
    assertThat(verifier.verify(token)).isNull();
  }
}
