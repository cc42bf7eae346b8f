package dev.prosa.worker.llm;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.Timeout;
import com.openai.credential.BearerTokenCredential;
import com.openai.errors.OpenAIException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Usage;
import dev.prosa.worker.llm.ModelException.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Streams chat completions. It retries nothing: attempts are the one retry layer.
final class OpenAiModel implements LanguageModel {

  /// A server that is there answers within a round trip or two; the next provider is faster than
  /// waiting for one that is not.
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final OpenAiEndpoint endpoint;
  private final OpenAiDialect dialect;
  private final InstantSource clock;
  private final OpenAIClient client;

  OpenAiModel(OpenAiEndpoint endpoint, InstantSource clock) {
    this.endpoint = endpoint;
    this.dialect = OpenAiDialect.at(endpoint.baseUrl());
    this.clock = clock;
    var total = endpoint.limits().total();
    this.client =
        OpenAIOkHttpClient.builder()
            .baseUrl(endpoint.baseUrl().toString())
            .credential(BearerTokenCredential.create(() -> endpoint.key().current().get().value()))
            .addInterceptor(new OpenAiBodyLimit())
            .maxRetries(0)
            // a redirect could carry the key and the text to another host
            .followRedirects(false)
            .disableTelemetry(true)
            .timeout(Timeout.builder().connect(CONNECT).request(total).read(total).build())
            .build();
  }

  @Override
  public String name() {
    return endpoint.model();
  }

  @Override
  public String provider() {
    return endpoint.provider();
  }

  @Override
  public Answer stream(
      @Nullable String system,
      ConversationContext context,
      String question,
      Consumer<String> onText)
      throws ModelException {
    var key = endpoint.key().current().get();
    var reading = new Reading(onText);
    var request = request(system, context, question);
    try (var response = client.chat().completions().createStreaming(request)) {
      response.stream().forEach(reading::take);
    } catch (OpenAIException e) {
      if (e instanceof UnauthorizedException) {
        endpoint.key().refused().accept(key);
      }
      throw OpenAiFailure.of(e, reading.begun(), clock.instant());
    }
    return reading.answer();
  }

  private ChatCompletionCreateParams request(
      @Nullable String system, ConversationContext context, String question) {
    var params = ChatCompletionCreateParams.builder().model(endpoint.model());
    dialect.apply(params, endpoint.limits().maxOutputTokens());
    if (system != null) {
      // few know the newer role `developer`, and OpenAI takes this one for it: what its staff says
      // (community.openai.com/t/1062784)
      params.addSystemMessage(system);
    }
    for (var exchange : context.exchanges()) {
      params.addUserMessage(exchange.prompt()).addAssistantMessage(exchange.reply());
    }
    return params.addUserMessage(question).build();
  }

  /// One reply as it comes in.
  private final class Reading {
    private final Consumer<String> onText;
    private @Nullable String finishReason;
    private @Nullable Usage usage;
    private String model = endpoint.model();
    private boolean begun;

    Reading(Consumer<String> onText) {
      this.onText = onText;
    }

    /// What is missing is nothing: endpoints send chunks without choices, and choices without a
    /// delta.
    void take(ChatCompletionChunk chunk) {
      model = chunk._model().asString().orElse(model);
      chunk._usage().asKnown().ifPresent(this::count);
      for (var choice : chunk._choices().asKnown().orElse(List.of())) {
        choice
            ._delta()
            .asKnown()
            .flatMap(delta -> delta.content())
            .filter(text -> !text.isEmpty())
            .ifPresent(this::say);
        choice.finishReason().ifPresent(reason -> finishReason = reason.asString());
      }
    }

    private void count(CompletionUsage counted) {
      var prompt = counted._promptTokens().asKnown();
      var completion = counted._completionTokens().asKnown();
      if (prompt.isPresent() && completion.isPresent()) {
        usage = new Usage(prompt.get(), completion.get());
      }
    }

    private void say(String text) {
      begun = true;
      onText.accept(text);
    }

    boolean begun() {
      return begun;
    }

    /// A body that was cut cleanly, or a page of HTML, ends like a whole one: only a finish reason
    /// tells the difference.
    Answer answer() throws ModelException {
      if (finishReason == null) {
        throw new ModelException(
            Kind.BROKEN,
            FailureCode.PROVIDER_UNAVAILABLE,
            "the stream ended without a finish reason",
            null);
      }
      // Gemini adds the category behind a colon
      if (finishReason.startsWith("content_filter")) {
        throw new ModelException(
            Kind.REFUSED, FailureCode.CONTENT_FILTERED, "content filter", null);
      }
      return new Answer(finishReason, model, usage);
    }
  }
}
