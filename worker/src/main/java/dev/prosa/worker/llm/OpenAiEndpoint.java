package dev.prosa.worker.llm;

import java.net.URI;
import java.time.Duration;

/// Where and how a model is asked.
///
/// @param provider its name in events and records
/// @param baseUrl the URL before `/chat/completions`
/// @param apiKey a secret
/// @param model the model to ask for
/// @param total the longest time for one reply
public record OpenAiEndpoint(
    String provider, URI baseUrl, String apiKey, String model, Duration total) {

  /// Leaves the secret out.
  @Override
  public String toString() {
    return provider + " " + model + " at " + baseUrl;
  }
}
