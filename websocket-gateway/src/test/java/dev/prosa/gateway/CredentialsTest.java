package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialsTest {

  @Test
  void finds_a_ticket_among_the_subprotocols() {
    var credentials = Credentials.of("https://a.example", "prosa.v1, ticket.abc", null);

    assertThat(credentials.ticket()).isEqualTo("abc");
    assertThat(credentials.browser()).isTrue();
    assertThat(credentials.bearer()).isNull();
  }

  @Test
  void finds_a_bearer_token() {
    var credentials = Credentials.of(null, null, "Bearer dev-ann");

    assertThat(credentials.bearer()).isEqualTo("dev-ann");
    assertThat(credentials.browser()).isFalse();
    assertThat(credentials.ticket()).isNull();
  }

  @Test
  void takes_another_scheme_for_a_token_that_proves_nothing() {
    assertThat(Credentials.of(null, "prosa.v1", "Basic YTpi").bearer()).isEmpty();
  }

  @Test
  void never_shows_what_it_holds() {
    assertThat(Credentials.of(null, "ticket.secret", "Bearer secret"))
        .asString()
        .doesNotContain("secret");
  }
}
