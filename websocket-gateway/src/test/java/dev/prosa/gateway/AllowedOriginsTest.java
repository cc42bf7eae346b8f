package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {

  private final AllowedOrigins origins = new AllowedOrigins(Set.of("https://chat.example.com"));

  @Test
  void admits_an_allowed_page_and_who_is_no_browser() {
    assertThat(origins.admits("https://chat.example.com")).isTrue();
    assertThat(origins.admits(null)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "http://chat.example.com",
        "https://chat.example.com:443",
        "https://chat.example.com/",
        "https://Chat.example.com",
        "https://chat.example.com.evil.example",
        "https://evil.example/https://chat.example.com",
        "https://chat.example.com; https://chat.example.com"
      })
  void admits_nothing_that_only_looks_like_it(String origin) {
    assertThat(origins.admits(origin)).isFalse();
  }
}
