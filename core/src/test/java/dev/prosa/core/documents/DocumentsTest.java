package dev.prosa.core.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.dialect.Dialects;
import dev.prosa.core.turn.FailureCode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Both documents are what they say they are, and whoever is held against them can fail.
class DocumentsTest {

  private static final OpenApi OPEN = OpenApi.DOCUMENTED;
  private static final AsyncApi ASYNC = AsyncApi.DOCUMENTED;

  static final List<Document> DOCUMENTS = List.of(OPEN.document(), ASYNC.document());

  private static final Operation POST = new Operation("POST", "/v1/messages");
  private static final String JOB = "j_0123456789abcdefghijklmnop_1";
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "Location", "/v1/jobs/" + JOB);
  private static final String ACCEPTED =
      """
      {"jobId":"%s","conversationId":"c_0123456789abcdefghijklmnop","status":"accepted",
       "delivery":"push","createdAt":"2026-03-01T12:00:00Z"}
      """
          .formatted(JOB);
  private static final String DELTA =
      """
      {"type":"reply.delta","jobId":"%s","conversationId":"c_0123456789abcdefghijklmnop",
       "attempt":1,"offset":0,"text":"Hi"}
      """
          .formatted(JOB);

  @ParameterizedTest
  @FieldSource("DOCUMENTS")
  void a_document_keeps_to_its_specification(Document document) {
    assertThat(Specification.breaches(document.root())).isEmpty();
    assertThat(document.badSchemas()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "openapi.yaml, /info, title, titel",
    "openapi.yaml, /paths/~1v1~1tickets/post, responses, answers",
    "openapi.yaml, /components/schemas/JobId, pattern, patern",
    "asyncapi.yaml, /info, title, titel",
    "asyncapi.yaml, /operations/serverSends, channel, chanel",
    "asyncapi.yaml, /components/messages/ping/payload, required, requird",
  })
  void one_that_does_not_is_found_out(String name, String place, String word, String misspelt) {
    var root = Document.read(name, Dialects.getDraft7()).root();
    var node = (ObjectNode) root.at(place);
    node.set(misspelt, node.remove(word));

    assertThat(Specification.breaches(root)).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("DOCUMENTS")
  void every_reference_leads_somewhere(Document document) {
    assertThat(document.root().findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(ref -> assertThat(document.root().at(ref.substring(1)).isObject()).isTrue());
  }

  @Test
  void the_examples_fit_their_schemas() {
    assertThat(OPEN.badExamples()).isEmpty();
    assertThat(ASYNC.badExamples()).isEmpty();
  }

  @Test
  void both_know_every_failure_code_and_no_other() {
    var codes = Arrays.stream(FailureCode.values()).map(FailureCode::code).toList();

    assertThat(OPEN.values("FailureCode")).containsExactlyInAnyOrderElementsOf(codes);
    assertThat(ASYNC.values("FailureCode")).containsExactlyInAnyOrderElementsOf(codes);
  }

  @Test
  void an_answer_as_documented_passes() {
    assertThatCode(() -> OPEN.requireAnswer(POST, new HttpAnswer(202, HEADERS, ACCEPTED)))
        .doesNotThrowAnyException();
  }

  static final List<HttpAnswer> CHANGED =
      List.of(
          new HttpAnswer(201, HEADERS, ACCEPTED),
          new HttpAnswer(202, HEADERS, ACCEPTED.replace("\"status\"", "\"state\"")),
          new HttpAnswer(202, HEADERS, ACCEPTED.replace("accepted", "taken")),
          new HttpAnswer(202, HEADERS, ACCEPTED.replace("12:00:00Z", "noon")),
          new HttpAnswer(202, HEADERS, ACCEPTED.replace("j_0", "J_0")),
          new HttpAnswer(202, HEADERS, ACCEPTED.replace("}", ",\"owner\":\"ann\"}")),
          new HttpAnswer(202, HEADERS, ACCEPTED + ACCEPTED),
          new HttpAnswer(202, HEADERS, ""),
          new HttpAnswer(202, Map.of("Content-Type", "application/json"), ACCEPTED),
          new HttpAnswer(202, with("Content-Type", "text/plain"), ACCEPTED),
          new HttpAnswer(202, with("Location", "/v1/messages"), ACCEPTED),
          new HttpAnswer(202, with("X-Owner", "ann"), ACCEPTED));

  private static Map<String, String> with(String name, String value) {
    var headers = new HashMap<>(HEADERS);
    headers.put(name, value);
    return headers;
  }

  @ParameterizedTest
  @FieldSource("CHANGED")
  void any_other_answer_is_refused(HttpAnswer answer) {
    assertThatThrownBy(() -> OPEN.requireAnswer(POST, answer))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(answer.body());
  }

  @ParameterizedTest
  @CsvSource({
    "401, unauthorized, WWW-Authenticate, 'Bearer realm=\"prosa\"'",
    "429, rate_limited, Retry-After, 7"
  })
  void an_answer_without_a_header_that_is_always_sent_is_refused(
      int status, String code, String header, String value) {
    var body =
        "{\"type\":\"about:blank\",\"title\":\"t\",\"status\":%d,\"detail\":\"d\",\"code\":\"%s\"}"
            .formatted(status, code);
    var type = Map.of("Content-Type", "application/problem+json");
    var whole = new HashMap<>(type);
    whole.put(header, value);

    OPEN.requireAnswer(POST, new HttpAnswer(status, whole, body));
    assertThatThrownBy(() -> OPEN.requireAnswer(POST, new HttpAnswer(status, type, body)))
        .hasMessageContaining(header + " is missing");
  }

  /// Whoever documents one says whether it is always sent; where nobody counts, nobody can tell how
  /// many are left.
  @Test
  void every_header_is_always_sent_but_those_about_what_is_counted() {
    var optional =
        OPEN.document().root().findValues("headers").stream()
            .flatMap(headers -> headers.propertyStream())
            .filter(
                header -> !OPEN.document().follow(header.getValue()).path("required").asBoolean())
            .map(Map.Entry::getKey);

    assertThat(optional).isNotEmpty().allMatch(name -> name.startsWith("RateLimit-"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"content\":\" \"}", "{\"content\":\"x\",\"model\":1}", "[]"})
  void a_request_that_is_none_is_refused(String body) {
    assertThatThrownBy(() -> OPEN.requireRequest(POST, body)).isInstanceOf(AssertionError.class);
  }

  @Test
  void a_path_leads_to_its_operation() {
    assertThat(OPEN.find("GET", "/v1/jobs/" + JOB))
        .isEqualTo(new Operation("GET", "/v1/jobs/{jobId}"));
    assertThat(OPEN.find("PUT", "/v1/jobs/" + JOB)).isNull();
    assertThat(OPEN.find("GET", "/v1/jobs")).isNull();
  }

  @Test
  void a_frame_as_documented_passes() {
    assertThatCode(() -> ASYNC.requireFromServer(DELTA)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "reply.delta, reply.text",
    "offset, place",
    "\"offset\":0, \"offset\":-1",
    "\"text\":\"Hi\", \"text\":\"\"",
    "}, ',\"owner\":\"ann\"}'"
  })
  void any_other_frame_is_refused(String documented, String sent) {
    assertThatThrownBy(() -> ASYNC.requireFromServer(DELTA.replace(documented, sent)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void a_client_does_not_say_what_a_server_says() {
    assertThatThrownBy(() -> ASYNC.requireFromClient(DELTA)).isInstanceOf(AssertionError.class);
    assertThat(Stream.concat(ASYNC.clientTypes().stream(), ASYNC.serverTypes().stream()))
        .doesNotHaveDuplicates();
  }
}
