package dev.prosa.bench;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.net.URI;
import java.time.Duration;

/// Asks the model without Prosa, with the same client library.
final class OpenAiDirect implements AutoCloseable {

  private final OpenAIClient client;
  private final String model;

  OpenAiDirect(URI baseUri, String model) {
    this.client =
        OpenAIOkHttpClient.builder()
            .baseUrl(baseUri.toString())
            .apiKey("bench")
            .maxRetries(0)
            .disableTelemetry(true)
            .build();
    this.model = model;
  }

  /// How long the first text takes. The rest is read, too.
  Duration firstText(String content) {
    var params = ChatCompletionCreateParams.builder().model(model).addUserMessage(content).build();
    var startNanos = System.nanoTime();
    try (var response = client.chat().completions().createStreaming(params)) {
      return response.stream()
          .filter(OpenAiDirect::hasText)
          .map(chunk -> System.nanoTime())
          .reduce((first, later) -> first)
          .map(nanos -> Duration.ofNanos(nanos - startNanos))
          .orElseThrow();
    }
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
