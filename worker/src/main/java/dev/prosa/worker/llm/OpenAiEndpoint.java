package dev.prosa.worker.llm;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where and how a model is asked.
///
/// @param provider its name in events and records
/// @param baseUrl the URL before `/chat/completions`
/// @param key how its key is found
/// @param model the model to ask for
/// @param limits what a call may cost
public record OpenAiEndpoint(String provider, URI baseUrl, Key key, String model, Limits limits) {

  /// How a key is found.
  ///
  /// @param current the key at the time of a call
  /// @param refused called when the provider does not know a key; must not block for long
  public record Key(Supplier<ApiKey> current, Consumer<ApiKey> refused) {

    /// A key that never changes.
    public static Key of(String value) {
      var key = new ApiKey(value);
      return new Key(() -> key, _ -> {});
    }
  }

  /// What a call may cost.
  ///
  /// @param total the longest time for one reply
  /// @param maxOutputTokens the longest reply in tokens; null leaves it to the provider
  public record Limits(Duration total, @Nullable Integer maxOutputTokens) {}

  /// An endpoint whose key never changes.
  public static OpenAiEndpoint of(
      String provider, URI baseUrl, String key, String model, Duration total) {
    return new OpenAiEndpoint(provider, baseUrl, Key.of(key), model, new Limits(total, null));
  }

  /// Leaves the secret out.
  @Override
  public String toString() {
    return provider + " " + model + " at " + baseUrl;
  }
}
