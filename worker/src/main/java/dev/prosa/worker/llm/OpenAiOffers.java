package dev.prosa.worker.llm;

import dev.prosa.core.provider.ProviderConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// Makes offers of what the settings name.
///
/// @param keys of the providers; stay the caller's
/// @param total the longest time for one reply
record OpenAiOffers(ProviderKeys keys, Duration total, InstantSource clock) {

  /// Each model of each provider, in the order of the settings.
  List<Offer> of(List<ProviderConfig> providers) {
    return providers.stream().flatMap(this::offers).toList();
  }

  private Stream<Offer> offers(ProviderConfig provider) {
    return provider.models().stream()
        .map(model -> LanguageModel.openAi(endpoint(provider, model), clock))
        .map(model -> new Offer(model, provider.price(), provider.limits().concurrency()));
  }

  private OpenAiEndpoint endpoint(ProviderConfig provider, String model) {
    var name = provider.name();
    return new OpenAiEndpoint(
        name,
        provider.baseUrl(),
        new OpenAiEndpoint.Key(() -> keys.of(name), refused -> keys.refresh(name, refused)),
        model,
        new OpenAiEndpoint.Limits(total, provider.limits().maxOutputTokens()));
  }
}
