package dev.prosa.worker.llm;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where and how a model is asked.
///
/// @param provider its name in events and records
/// @param baseUrl the URL before `/chat/completions`
/// @param key its key at the time of a call; a secret
/// @param keyRefused called when the provider does not know the key; must not block for long
/// @param model the model to ask for
/// @param limits what a call may cost
public record OpenAiEndpoint(
    String provider,
    URI baseUrl,
    Supplier<String> key,
    Runnable keyRefused,
    String model,
    Limits limits) {

  /// What a call may cost.
  ///
  /// @param total the longest time for one reply
  /// @param maxOutputTokens the longest reply in tokens; null leaves it to the provider
  public record Limits(Duration total, @Nullable Integer maxOutputTokens) {}

  /// An endpoint whose key never changes.
  public static OpenAiEndpoint of(
      String provider, URI baseUrl, String key, String model, Duration total) {
    return new OpenAiEndpoint(
        provider, baseUrl, () -> key, () -> {}, model, new Limits(total, null));
  }

  /// Leaves the secret out.
  @Override
  public String toString() {
    return provider + " " + model + " at " + baseUrl;
  }
}
