package dev.prosa.bench.providers;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.Timeout;
import com.openai.credential.BearerTokenCredential;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.net.URI;
import java.time.Duration;

/// The client library alone, set up and asked as the worker does it, but without the limit on
/// bodies: that is part of what the worker adds. Thread-safe.
final class OpenAiPlain implements AutoCloseable {

  private final OpenAIClient client;

  OpenAiPlain(URI baseUri) {
    this.client =
        OpenAIOkHttpClient.builder()
            .baseUrl(baseUri.toString())
            .credential(BearerTokenCredential.create(() -> LoneWorker.KEY))
            .maxRetries(0)
            .followRedirects(false)
            .disableTelemetry(true)
            .timeout(
                Timeout.builder()
                    .connect(Duration.ofSeconds(5))
                    .request(LoneWorker.TOTAL)
                    .read(LoneWorker.TOTAL)
                    .build())
            .build();
  }

  /// How long the first text takes. The rest is read, too.
  Duration firstText() {
    var beginNanos = System.nanoTime();
    try (var response = client.chat().completions().createStreaming(request())) {
      return response.stream()
          .filter(OpenAiPlain::hasText)
          .map(_ -> System.nanoTime())
          .reduce((first, _) -> first)
          .map(nanos -> Duration.ofNanos(nanos - beginNanos))
          .orElseThrow();
    }
  }

  private static ChatCompletionCreateParams request() {
    return ChatCompletionCreateParams.builder()
        .model(LoneWorker.MODEL)
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
        .addUserMessage(LoneWorker.QUESTION)
        .build();
  }

  private static boolean hasText(ChatCompletionChunk chunk) {
    return chunk.choices().stream()
        .anyMatch(choice -> choice.delta().content().filter(t -> !t.isEmpty()).isPresent());
  }

  @Override
  public void close() {
    client.close();
  }
}
