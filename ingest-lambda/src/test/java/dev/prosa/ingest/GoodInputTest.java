package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is just within the limits.
class GoodInputTest {

  private final Api api = new Api();

  @Test
  void content_of_32_kib() {
    assertThat(api.say("x".repeat(32 * 1024)).status()).isEqualTo(202);
    assertThat(api.say("é".repeat(16 * 1024)).status()).isEqualTo(202);
  }

  @Test
  void content_of_32_kib_that_is_spelled_with_six_characters_a_byte() {
    assertThat(api.say("\\u0041".repeat(32 * 1024)).status()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\tb\\r\\nc", "\\ud83d\\udc4b", "👋", "\\\"quoted\\\"", "\\u200d"})
  void text_of_every_kind(String content) {
    assertThat(api.say(content).status()).isEqualTo(202);
  }

  @Test
  void fields_that_nobody_asks_for() {
    var said = api.post("{\"content\":\"Hi\",\"x\":{\"y\":[1]},\"conversationId\":null}");

    assertThat(said.status()).isEqualTo(202);
  }

  @Test
  void no_prompt_where_there_is_none() {
    assertThat(api.withoutPrompts().post("{\"content\":\"Hi\",\"prompt\":null}").status())
        .isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json; charset=utf-8", "Application/JSON", "application/json;x"})
  void json_with_parameters(String type) {
    assertThat(api.header("Content-Type", type).say("Hi").status()).isEqualTo(202);
  }

  @Test
  void an_idempotency_key_of_255_characters() {
    assertThat(api.header("IDEMPOTENCY-KEY", "~".repeat(255)).say("Hi").status()).isEqualTo(202);
  }

  @Test
  void a_body_in_base64() {
    var body = "{\"content\":\"Grüße\"}".getBytes(StandardCharsets.UTF_8);
    var event =
        new APIGatewayProxyRequestEvent()
            .withHeaders(Map.of("content-type", "application/json"))
            .withIsBase64Encoded(true)
            .withBody(Base64.getEncoder().encodeToString(body));

    var said = Api.call(new PostMessageHandler(api.ingest()), event);

    assertThat(said.status()).isEqualTo(202);
  }

  @Test
  void no_token_is_the_local_user() {
    assertThat(api.without("Authorization").say("Hi").status()).isEqualTo(202);
    assertThat(api.as(Api.ANN).conversations(Map.of()).json().path("conversations")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "100"})
  void limits_of_a_list(String limit) {
    assertThat(api.conversations(Map.of("limit", limit)).status()).isEqualTo(200);
  }
}
