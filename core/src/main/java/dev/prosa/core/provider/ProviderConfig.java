package dev.prosa.core.provider;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One provider of models, as the settings name it.
///
/// @param name its name in events, records and logs: lower-case letters, digits and `-`
/// @param baseUrl the URL before `/chat/completions`
/// @param key how its key is found: the key itself, or a reference `ssm:/path` or
///   `secretsmanager:name`, see [KeyOrigin]; null when it needs none, or nobody here may know it
/// @param models what it may be asked for; the first is asked when a request names none
/// @param price what a million tokens cost; the same for all its models
/// @param limits what it is not asked beyond
public record ProviderConfig(
    String name,
    URI baseUrl,
    @Nullable String key,
    List<String> models,
    Price price,
    Limits limits) {

  public ProviderConfig {
    models = List.copyOf(models);
    if (models.isEmpty()) {
      throw new IllegalArgumentException(name + " has no model");
    }
  }

  /// The model that is asked when a request names none.
  public String model() {
    return models.getFirst();
  }

  /// Whether it is the scripted demo model that runs inside the worker.
  public boolean isOffline() {
    return name.equals(ProviderPreset.OFFLINE.word())
        && baseUrl.equals(ProviderPreset.OFFLINE.baseUrl(""));
  }

  /// This provider at another URL.
  public ProviderConfig at(URI url) {
    return new ProviderConfig(name, url, key, models, price, limits);
  }

  /// The environment variable that says its key, such as `OPENAI_API_KEY`.
  public String keySetting() {
    return ProviderSetting.API_KEY.of(name);
  }

  /// What it is not asked beyond.
  ///
  /// @param concurrency calls at once, from one worker; at least 1
  /// @param maxOutputTokens the longest reply in tokens; null leaves it to the provider
  public record Limits(int concurrency, @Nullable Integer maxOutputTokens) {

    /// 256 calls, and the provider's own limit of a reply. So many open streams fit one worker, and
    /// most providers refuse more.
    public static final Limits DEFAULT = new Limits(256, null);
  }

  /// Leaves the key out.
  @Override
  public String toString() {
    return name + " " + models + " at " + baseUrl;
  }
}
