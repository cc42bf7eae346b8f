package dev.prosa.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.ConversationContext.Exchange;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiModelTest {

  private static final String DONE = "[DONE]";

  private final List<String> heard = new ArrayList<>();

  private LanguageModel.Answer ask(Provider provider) throws ModelException {
    return provider.model().stream(null, ConversationContext.EMPTY, "Hi", heard::add);
  }

  private ModelException failure(Provider.Behaviour behaviour) {
    try (var provider = new Provider(behaviour)) {
      return catchThrowableOfType(ModelException.class, () -> ask(provider));
    }
  }

  @Test
  void hands_over_text_as_it_comes_and_says_how_it_ended() throws ModelException {
    try (var provider =
        new Provider(
            Provider.stream(
                Provider.text("Hel"),
                Provider.text(""),
                Provider.text("lo 👋"),
                Provider.end("stop"),
                Provider.usage(3, 2),
                DONE))) {
      var answer = ask(provider);

      assertThat(answer).isEqualTo(new LanguageModel.Answer("stop", "m-1-2026", new Usage(3, 2)));
      assertThat(heard).containsExactly("Hel", "lo 👋");
    }
  }

  @Test
  void does_without_usage() throws ModelException {
    try (var provider =
        new Provider(Provider.stream(Provider.text("Hel"), Provider.end("length"), DONE))) {
      assertThat(ask(provider)).isEqualTo(new LanguageModel.Answer("length", "m-1-2026", null));
    }
  }

  @Test
  void asks_with_everything_that_was_said_before() throws ModelException {
    var context = new ConversationContext(1, List.of(new Exchange("one", "ONE")));
    try (var provider = new Provider(Provider.stream(Provider.end("stop"), DONE))) {
      provider.model().stream(null, context, "two", heard::add);

      assertThat(provider.requests())
          .singleElement()
          .asString()
          .startsWith("Bearer sk-canary-1 ")
          .contains("\"model\":\"m-1\"", "\"stream\":true", "\"include_usage\":true")
          .contains("\"role\":\"user\"", "\"role\":\"assistant\"")
          .containsSubsequence("\"one\"", "\"ONE\"", "\"two\"");
    }
  }

  @Test
  void tells_a_system_prompt_before_everything_else() throws ModelException {
    var context = new ConversationContext(1, List.of(new Exchange("one", "ONE")));
    try (var provider = new Provider(Provider.stream(Provider.end("stop"), DONE))) {
      provider.model().stream("Be kind.\nBe brief.", context, "two", heard::add);
      ask(provider);

      assertThat(provider.requests().getFirst())
          .containsSubsequence("\"messages\":[{", "\"role\":\"system\"", "\"role\":\"user\"")
          .containsSubsequence("Be kind.\\nBe brief.", "\"one\"", "\"ONE\"", "\"two\"");
      assertThat(provider.requests().getLast()).doesNotContain("system", "Be kind");
    }
  }

  @Test
  void does_not_believe_a_stream_without_a_finish_reason() {
    var failure = failure(Provider.stream(Provider.text("Hel"), DONE));

    assertThat(failure.code()).isEqualTo(FailureCode.PROVIDER_UNAVAILABLE);
    assertThat(heard).containsExactly("Hel");
  }

  @Test
  void does_not_believe_a_page_of_html() {
    var failure = failure(Provider.status(200, "text/html", "<html>Welcome</html>"));

    assertThat(failure.code()).isEqualTo(FailureCode.PROVIDER_UNAVAILABLE);
    assertThat(heard).isEmpty();
  }

  @Test
  void does_not_believe_an_error_inside_a_stream() {
    var failure =
        failure(
            Provider.stream(
                Provider.text("Hel"), "{\"error\":{\"message\":\"overloaded\"}}", DONE));

    assertThat(failure.code()).isEqualTo(FailureCode.PROVIDER_UNAVAILABLE);
  }

  @Test
  void does_not_believe_what_is_not_json() {
    var failure = failure(Provider.stream("{\"choices\":[", DONE));

    assertThat(failure.code()).isEqualTo(FailureCode.PROVIDER_UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "400, PROVIDER_REJECTED", "401, PROVIDER_REJECTED", "403, PROVIDER_REJECTED",
    "404, PROVIDER_REJECTED", "422, PROVIDER_REJECTED", "408, PROVIDER_UNAVAILABLE",
    "409, PROVIDER_UNAVAILABLE", "429, PROVIDER_UNAVAILABLE", "500, PROVIDER_UNAVAILABLE",
    "503, PROVIDER_UNAVAILABLE"
  })
  void tells_what_another_attempt_may_mend(int status, FailureCode code) {
    var failure =
        failure(
            Provider.status(status, "application/json", "{\"error\":{\"message\":\"secret\"}}"));

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageContaining("" + status).hasMessageNotContaining("secret");
  }

  @Test
  void makes_one_request_for_one_attempt() {
    try (var provider = new Provider(Provider.status(500, "application/json", "{}"))) {
      assertThatThrownBy(() -> ask(provider)).isInstanceOf(ModelException.class);

      assertThat(provider.requests()).hasSize(1);
    }
  }

  @Test
  void notices_a_connection_that_is_cut() {
    var failure =
        failure(exchange -> {
          Provider.write(exchange, Provider.text("Hel"));
          throw new IOException("cut");
        });

    assertThat(failure.code()).isEqualTo(FailureCode.PROVIDER_UNAVAILABLE);
    assertThat(heard).containsExactly("Hel");
  }

  @Test
  void notices_that_nobody_is_there() {
    var provider = new Provider(Provider.stream());
    var model = provider.model();
    provider.close();

    var failure =
        catchThrowableOfType(
            ModelException.class,
            () -> model.stream(null, ConversationContext.EMPTY, "Hi", heard::add));

    assertThat(failure.code()).isEqualTo(FailureCode.PROVIDER_UNAVAILABLE);
  }

  @Test
  void tells_that_the_text_was_filtered() {
    var failure =
        failure(Provider.stream(Provider.text("Well"), Provider.end("content_filter"), DONE));

    assertThat(failure.code()).isEqualTo(FailureCode.CONTENT_FILTERED);
  }

  @ParameterizedTest
  @CsvSource({"301", "302", "307", "308"})
  void does_not_follow_a_redirect_to_another_place(int status) {
    try (var elsewhere = new Provider(Provider.stream(Provider.end("stop"), DONE))) {
      var failure =
          failure(exchange -> {
            exchange.getResponseHeaders().set("Location", elsewhere.uri() + "/x");
            exchange.sendResponseHeaders(status, -1);
          });

      assertThat(failure.kind()).isEqualTo(ModelException.Kind.MISCONFIGURED);
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void ends_though_the_provider_hangs_when_it_is_interrupted() throws InterruptedException {
    var ended = new CompletableFuture<Boolean>();
    var begun = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var provider =
        new Provider(exchange -> {
          Provider.write(exchange, Provider.text("Hel"));
          awaitQuietly(release);
        })) {
      var asking =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  provider.model().stream(
                      null, ConversationContext.EMPTY, "Hi", _ -> begun.countDown());
                  ended.complete(false);
                } catch (ModelException | RuntimeException e) {
                  ended.complete(true);
                }
              });
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

      asking.interrupt();

      // the client gives up by itself after 20 s, and the provider lets go after 60 s
      assertThat(ended.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
      release.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      var _ = latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void does_not_show_the_key() {
    try (var provider = new Provider(Provider.stream())) {
      var endpoint =
          OpenAiEndpoint.of("p-1", provider.uri(), "sk-canary-1", "m-1", Duration.ofSeconds(1));

      assertThat(endpoint.toString()).contains("p-1", "m-1").doesNotContain("sk-canary-1");
    }
  }
}
