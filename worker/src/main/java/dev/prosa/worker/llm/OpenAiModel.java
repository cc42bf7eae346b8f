package dev.prosa.worker.llm;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.Timeout;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Usage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Streams chat completions. It retries nothing: attempts are the one retry layer.
final class OpenAiModel implements LanguageModel {

  private static final int REQUEST_TIMEOUT = 408;
  private static final int CONFLICT = 409;
  private static final int SERVER_ERROR = 500;

  private final OpenAiEndpoint endpoint;
  private final OpenAIClient client;

  OpenAiModel(OpenAiEndpoint endpoint) {
    this.endpoint = endpoint;
    this.client =
        OpenAIOkHttpClient.builder()
            .baseUrl(endpoint.baseUrl().toString())
            .apiKey(endpoint.apiKey())
            .maxRetries(0)
            // a redirect could carry the key and the text to another host
            .followRedirects(false)
            .disableTelemetry(true)
            .timeout(Timeout.builder().request(endpoint.total()).read(endpoint.total()).build())
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
  public Answer stream(ConversationContext context, String question, Consumer<String> onText)
      throws ModelException {
    var reading = new Reading(onText);
    try (var response = client.chat().completions().createStreaming(request(context, question))) {
      response.stream().forEach(reading::take);
    } catch (OpenAIException e) {
      throw new ModelException(classify(e), describe(e), e);
    }
    return reading.answer();
  }

  private ChatCompletionCreateParams request(ConversationContext context, String question) {
    var params =
        ChatCompletionCreateParams.builder()
            .model(endpoint.model())
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
    for (var exchange : context.exchanges()) {
      params.addUserMessage(exchange.prompt()).addAssistantMessage(exchange.reply());
    }
    return params.addUserMessage(question).build();
  }

  /// Only what another attempt may mend counts as unavailable.
  private static FailureCode classify(OpenAIException e) {
    return switch (e) {
      case RateLimitException _ -> FailureCode.PROVIDER_UNAVAILABLE;
      case OpenAIServiceException s when isRefusal(s.statusCode()) -> FailureCode.PROVIDER_REJECTED;
      default -> FailureCode.PROVIDER_UNAVAILABLE;
    };
  }

  private static boolean isRefusal(int status) {
    return status >= 400
        && status < SERVER_ERROR
        && status != REQUEST_TIMEOUT
        && status != CONFLICT;
  }

  /// The message of an exception may quote the request, so only its kind is told.
  private static String describe(OpenAIException e) {
    var kind = e.getClass().getSimpleName();
    return e instanceof OpenAIServiceException s ? kind + " " + s.statusCode() : kind;
  }

  /// One reply as it comes in.
  private final class Reading {
    private final Consumer<String> onText;
    private @Nullable String finishReason;
    private @Nullable Usage usage;
    private String model = endpoint.model();

    Reading(Consumer<String> onText) {
      this.onText = onText;
    }

    void take(ChatCompletionChunk chunk) {
      model = chunk._model().asString().orElse(model);
      chunk.usage().ifPresent(u -> usage = new Usage(u.promptTokens(), u.completionTokens()));
      for (var choice : chunk.choices()) {
        choice.delta().content().filter(text -> !text.isEmpty()).ifPresent(onText);
        choice.finishReason().ifPresent(reason -> finishReason = reason.asString());
      }
    }

    /// A body that was cut cleanly, or a page of HTML, ends like a whole one: only a finish reason
    /// tells the difference.
    Answer answer() throws ModelException {
      if (finishReason == null) {
        throw new ModelException(
            FailureCode.PROVIDER_UNAVAILABLE, "the stream ended without a finish reason", null);
      }
      if (finishReason.equals("content_filter")) {
        throw new ModelException(FailureCode.CONTENT_FILTERED, "content filter", null);
      }
      return new Answer(finishReason, model, usage);
    }
  }
}
