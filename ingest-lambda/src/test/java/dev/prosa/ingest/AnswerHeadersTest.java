package dev.prosa.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.limit.Amount;
import dev.prosa.core.limit.Limit;
import dev.prosa.core.limit.Limits;
import dev.prosa.core.turn.TurnState;
import dev.prosa.ingest.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What answers say beside their body, whatever the route.
class AnswerHeadersTest {

  private static final String RATE = "RateLimit-";

  private final Api api = new Api();

  /// Every way to send a message.
  static Stream<Named<BiFunction<Api, String, Said>>> forms() {
    return Stream.of(
        Named.of("POST /v1/messages", (api, text) -> api.post(body("content", text))),
        Named.of("POST /message", (api, text) -> api.postShort(body("content", text))),
        Named.of("POST /chat", (api, text) -> api.chatShort(body("message", text))),
        Named.of("POST /v1/chat", (api, text) -> api.chat(body("prompt", text))),
        Named.of("POST /api/v1/ask", (api, text) -> api.ask(body("question", text))));
  }

  private static String body(String field, String text) {
    return "{\"%s\":\"%s\"}".formatted(field, text);
  }

  private static Limits requests(int most) {
    var user = new Limit(most, 0, Amount.NOTHING);
    var reckoning = new Limits.Reckoning(100, "m-1", Map.of());
    return new Limits(user, Limit.NONE, Limit.NONE, reckoning);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void every_form_says_how_many_messages_a_minute_has_left(BiFunction<Api, String, Said> form) {
    api.with(requests(2));

    var first = form.apply(api, "Hi");
    assertThat(api.pokes()).hasSize(1);
    api.endWhenAwaited(new TurnState.Cancelled("Hello"));
    var second = form.apply(api, "Hi");
    var third = form.apply(api, "Hi");

    assertThat(rate(first)).containsExactly("2", "1", "60");
    assertThat(rate(second)).startsWith("2", "0");
    assertThat(third.status()).isEqualTo(429);
    assertThat(rate(third)).startsWith("2", "0");
    assertThat(third.header("Retry-After")).isEqualTo(third.header(RATE + "Reset"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void no_form_says_so_where_nobody_counts(BiFunction<Api, String, Said> form) {
    var said = form.apply(api, "Hi");

    assertThat(said.event().getHeaders().keySet()).noneMatch(name -> name.startsWith(RATE));
  }

  private static List<String> rate(Said said) {
    return Stream.of("Limit", "Remaining", "Reset").map(n -> said.header(RATE + n)).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer x, true",
    "bearer dev-, true",
    "Bearer, false",
    "'Bearer ', false",
    "Basic YTpi, false",
    "dev-ann, false"
  })
  void a_401_says_how_to_do_better(String authorization, boolean shown) {
    var said = api.header("Authorization", authorization).conversations(Map.of());

    assertThat(said.status()).isEqualTo(401);
    assertThat(said.header("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"prosa\"" + (shown ? ", error=\"invalid_token\"" : ""));
  }

  @Test
  void a_page_that_may_call_reads_every_answer() {
    api.header("origin", Api.PAGE);

    for (var said :
        List.of(api.say("Hi"), api.say(""), api.logout(), api.health(), api.job("nobody's"))) {
      assertThat(said.header("Access-Control-Allow-Origin")).isEqualTo(Api.PAGE);
      assertThat(said.header("Access-Control-Expose-Headers")).contains("Location", "Retry-After");
      assertThat(said.header("Vary")).isEqualTo("Origin");
      assertThat(said.event().getHeaders()).doesNotContainKey("Access-Control-Allow-Credentials");
    }
  }

  @Test
  void no_other_page_reads_an_answer() {
    for (var other : List.of("https://evil.example", "null", Api.PAGE + ".evil.example")) {
      assertThat(sharing(api.header("Origin", other).conversations(Map.of()))).isEmpty();
    }
    assertThat(sharing(api.without("Origin").conversations(Map.of()))).isEmpty();
  }

  private static List<String> sharing(Said said) {
    return said.event().getHeaders().keySet().stream()
        .filter(name -> name.startsWith("Access-Control-"))
        .toList();
  }

  @Test
  void a_browser_is_told_what_a_page_may_ask_for() {
    api.header("Origin", Api.PAGE).header("Access-Control-Request-Method", "PATCH");

    var said = api.preflight("/v1/conversations/{conversationId}");

    assertThat(said.status()).isEqualTo(204);
    assertThat(said.header("Access-Control-Allow-Origin")).isEqualTo(Api.PAGE);
    assertThat(said.header("Access-Control-Allow-Methods")).isEqualTo("DELETE, GET, PATCH");
    assertThat(said.header("Access-Control-Allow-Headers"))
        .isEqualTo("authorization, content-type, idempotency-key, traceparent");
    assertThat(said.header("Access-Control-Max-Age")).isEqualTo("600");
  }

  @Test
  void a_browser_is_told_nothing_for_another_page() {
    api.header("Origin", "https://evil.example").header("Access-Control-Request-Method", "POST");

    var said = api.preflight("/v1/messages");

    said.isProblem(ProblemCode.FORBIDDEN_ORIGIN, "Origin");
    assertThat(sharing(said)).isEmpty();
  }

  @Test
  void options_without_a_page_are_no_method_of_a_route() {
    var said = api.preflight("/v1/messages");

    said.isProblem(ProblemCode.METHOD_NOT_ALLOWED);
    assertThat(said.header("Allow")).isEqualTo("POST");
  }
}
