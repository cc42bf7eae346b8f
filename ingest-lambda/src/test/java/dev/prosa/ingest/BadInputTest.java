package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import dev.prosa.ingest.problem.ProblemCode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused, and that nothing is stored or sent then.
class BadInputTest {

  private static final int KIB = 1024;

  private final Api api = new Api();

  @AfterEach
  void nothing_was_stored_or_sent() {
    assertThat(api.isUntouched()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "{",
        "{\"content\":}",
        "{\"content\":\"Hi\"} trash",
        "{'content':'Hi'}",
        "{content:1}",
        "{\"content\":\"Hi\",}",
        "{\"content\":\"a\nb\"}",
        "\uFEFF{\"content\":\"Hi\"}",
        "{\"content\":\"\\ud83\"}",
        "{\"content\":NaN}",
        "{\"a\":1e}",
        "<html>",
        "content=Hi"
      })
  void a_body_that_is_not_json(String body) {
    api.post(body).isProblem(ProblemCode.INVALID_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "true", "7", "\"Hi\"", "[]", "[{\"content\":\"Hi\"}]"})
  void a_body_that_is_not_an_object(String body) {
    api.post(body).isProblem(ProblemCode.INVALID_BODY);
  }

  @Test
  void keys_that_come_twice() {
    api.post("{\"content\":\"Hi\",\"content\":\"Ho\"}").isProblem(ProblemCode.INVALID_JSON);
  }

  @Test
  void json_that_is_10_000_levels_deep() {
    var deep = "[".repeat(10_000) + "]".repeat(10_000);

    api.post("{\"content\":\"Hi\",\"x\":" + deep + "}").isProblem(ProblemCode.INVALID_JSON);
  }

  @Test
  void a_number_of_100_000_digits() {
    api.post("{\"content\":\"Hi\",\"x\":" + "9".repeat(100_000) + "}")
        .isProblem(ProblemCode.INVALID_JSON);
  }

  @Test
  void a_body_of_more_characters_than_any_message_needs() {
    api.say("x".repeat(256 * KIB)).isProblem(ProblemCode.BODY_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"content\":null}", "{\"Content\":\"Hi\"}"})
  void no_content(String body) {
    api.post(body).isProblem(ProblemCode.MISSING_FIELD, "content");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\t\\n", "\\u2003"})
  void blank_content(String content) {
    api.say(content).isProblem(ProblemCode.INVALID_FIELD, "content");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "true", "[\"Hi\"]", "{\"text\":\"Hi\"}"})
  void content_that_is_not_text(String content) {
    api.post("{\"content\":" + content + "}").isProblem(ProblemCode.INVALID_FIELD, "content");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\u0007", "\\u001b", "\\u007f", "\\u0085"})
  void control_characters(String content) {
    api.say("a" + content + "b").isProblem(ProblemCode.INVALID_FIELD, "content");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "\\udc4b", "a\\ud83d b", "\\udc4b\\ud83d"})
  void half_a_surrogate_pair(String content) {
    api.say(content).isProblem(ProblemCode.INVALID_FIELD, "content");
  }

  @Test
  void content_of_32_kib_and_one_byte() {
    api.say("x".repeat(32 * KIB + 1)).isProblem(ProblemCode.CONTENT_TOO_LARGE, "content");
    api.say("é".repeat(16 * KIB) + "x").isProblem(ProblemCode.CONTENT_TOO_LARGE, "content");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "c_",
        "",
        "c_zzzzzzzzzzzzzzzzzzzzzzzzzz",
        "../../etc/passwd",
        "c_00000000000000000000000000 ",
        "C_00000000000000000000000000"
      })
  void an_id_of_a_conversation_that_is_none(String id) {
    api.say("Hi", id).isProblem(ProblemCode.NOT_FOUND, "conversationId");
  }

  @Test
  void a_conversation_that_nobody_has() {
    api.say("Hi", "c_" + "0".repeat(26)).isProblem(ProblemCode.NOT_FOUND, "conversationId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "k_", "", "k_0000000000000000000000000"})
  void an_id_of_a_connection_that_is_none(String id) {
    api.post("{\"content\":\"Hi\",\"connectionId\":\"" + id + "\"}")
        .isProblem(ProblemCode.NOT_FOUND, "connectionId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"m-3\"", "\"\"", "\"M-1\"", "\"m-1 \"", "7", "[\"m-1\"]"})
  void a_model_that_is_not_offered(String model) {
    var body = "{\"content\":\"Hi\",\"model\":" + model + "}";

    api.post(body).isProblem(ProblemCode.INVALID_FIELD, "model");
    api.postShort(body).isProblem(ProblemCode.INVALID_FIELD, "model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\"", "\"\"", "\"Brief\"", "\"brief \"", "7", "[\"brief\"]"})
  void a_prompt_that_is_not_there(String prompt) {
    var body = "{\"content\":\"Hi\",\"prompt\":" + prompt + "}";

    api.post(body).isProblem(ProblemCode.INVALID_FIELD, "prompt");
    api.postShort(body).isProblem(ProblemCode.INVALID_FIELD, "prompt");
    api.withoutPrompts().post(body).isProblem(ProblemCode.INVALID_FIELD, "prompt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"conversationId", "connectionId"})
  void ids_that_are_not_text(String field) {
    api.post("{\"content\":\"Hi\",\"" + field + "\":7}")
        .isProblem(ProblemCode.INVALID_FIELD, field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "ä", "a\tb"})
  void an_idempotency_key_that_is_none(String key) {
    api.header("Idempotency-Key", key)
        .say("Hi")
        .isProblem(ProblemCode.INVALID_HEADER, "Idempotency-Key");
  }

  @Test
  void an_idempotency_key_of_256_characters() {
    api.header("idempotency-key", "k".repeat(256))
        .say("Hi")
        .isProblem(ProblemCode.INVALID_HEADER, "Idempotency-Key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/plain", "application/jsonx", "multipart/form-data", "*/*"})
  void another_media_type(String type) {
    api.header("Content-Type", type)
        .say("Hi")
        .isProblem(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type");
  }

  @Test
  void no_media_type() {
    api.without("Content-Type").say("Hi").isProblem(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void a_compressed_body() {
    api.header("content-encoding", "gzip").say("Hi").isProblem(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "Bearer x", "Bearer dev-", "Basic YTpi", "dev-ann"})
  void a_token_that_proves_nothing(String authorization) {
    api.header("Authorization", authorization);

    api.say("Hi").isProblem(ProblemCode.UNAUTHORIZED, "Authorization");
    api.conversations(Map.of()).isProblem(ProblemCode.UNAUTHORIZED, "Authorization");
  }

  @Test
  void base64_that_is_none() {
    var event =
        new APIGatewayProxyRequestEvent()
            .withHeaders(Map.of("Content-Type", "application/json"))
            .withIsBase64Encoded(true)
            .withBody("%%%");

    var said = Api.call(new PostMessageHandler(api.ingest()), event);

    said.isProblem(ProblemCode.INVALID_JSON);
  }

  @Test
  void an_event_without_anything() {
    var said = Api.call(new PostMessageHandler(api.ingest()), new APIGatewayProxyRequestEvent());

    said.isProblem(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "",
        "j_",
        "j_00000000000000000000000000_0",
        "j_00000000000000000000000000_99999999999",
        "j_00000000000000000000000000_1"
      })
  void a_job_that_is_not_there(String job) {
    api.job(job).isProblem(ProblemCode.NOT_FOUND, "jobId");
    api.cancel(job).isProblem(ProblemCode.NOT_FOUND, "jobId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "c_00000000000000000000000000"})
  void messages_of_a_conversation_that_is_not_there(String conversation) {
    api.messages(conversation, Map.of()).isProblem(ProblemCode.NOT_FOUND, "conversationId");
  }

  @ParameterizedTest
  @CsvSource({
    "limit,0",
    "limit,101",
    "limit,-1",
    "limit,x",
    "limit,1e1",
    "limit,99999999999",
    "limit,''",
    "cursor,x",
    "cursor,''",
    "cursor,%",
    "cursor,MQ",
    "cursor,MTp4"
  })
  void a_bad_page_of_conversations(String parameter, String value) {
    api.conversations(Map.of(parameter, value)).isProblem(ProblemCode.INVALID_FIELD, parameter);
  }

  @Test
  void a_role_that_a_client_does_not_have() {
    api.postShort("{\"content\":\"Hi\",\"role\":\"system\"}")
        .isProblem(ProblemCode.INVALID_FIELD, "role");
  }
}
