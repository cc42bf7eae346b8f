package dev.prosa.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

  private final TokenVerifier verifier = TokenVerifier.development();

  @Test
  void no_token_is_the_local_user() {
    assertThat(verifier.verify(null)).isEqualTo(new Caller(new OwnerId("local")));
  }

  @Test
  void a_development_token_names_its_user() {
    assertThat(verifier.verify("dev-ann")).isEqualTo(new Caller(new OwnerId("ann")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dev-", "ann", "DEV-ann", "dev-a b", "dev-{ann}", " dev-ann"})
  void anything_else_proves_nothing(String token) {
    assertThat(verifier.verify(token)).isNull();
  }
}
