package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewaySettingsTest {

  @Test
  void allows_the_page_of_this_machine_by_default() {
    var settings = GatewaySettings.of(Settings.of(Map.of()).with(Setting.HTTP_PORT, "9000"));

    assertThat(settings.allowedOrigins())
        .containsExactlyInAnyOrder("http://localhost:9000", "http://127.0.0.1:9000");
    assertThat(settings.port()).isEqualTo(8081);
    assertThat(settings.limits()).isEqualTo(new GatewaySettings.Limits(5, 20, 0));
  }

  @Test
  void spells_allowed_origins_like_a_browser() {
    assertThat(allowing("https://Chat.Example.com/, http://10.0.0.1:8080").allowedOrigins())
        .containsExactlyInAnyOrder("https://chat.example.com", "http://10.0.0.1:8080");
  }

  @Test
  void names_every_allowed_origin_that_is_more_than_an_origin() {
    assertThatThrownBy(() -> allowing("https://a.example/chat, https://b.example/?x"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("https://a.example/chat")
        .hasMessageContaining("https://b.example/?x");
  }

  private static GatewaySettings allowing(String origins) {
    return GatewaySettings.of(Settings.of(Map.of(Setting.ALLOWED_ORIGINS.key(), origins)));
  }
}
