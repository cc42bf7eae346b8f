package dev.prosa.core.provider;

import java.util.Locale;

/// What can be said about each provider: the environment variable is its name in upper case, with
/// `_` for `-`, and one of these.
enum ProviderSetting {
  API_KEY("its key; none for a provider on this machine", KeyOrigin.ALLOWED),
  BASE_URL(
      "the URL before `/chat/completions`; default: the preset's",
      "an https URL of a known host, or http to this machine"),
  MODEL(
      "models that may be chosen, the first by default; default: the preset's",
      "names of models, separated by commas"),
  PRICES(
      "what a million tokens cost; default: nothing", "US dollars in and out, such as 0.25/2.00"),
  CONCURRENCY("calls at once per worker; default: 256", "a whole number, 1 to 10000"),
  MAX_OUTPUT_TOKENS(
      "the longest reply; default: the provider's own limit", "a whole number, 1 to 1000000");

  private final String meaning;
  private final String allowed;

  ProviderSetting(String meaning, String allowed) {
    this.meaning = meaning;
    this.allowed = allowed;
  }

  /// What it is for, in a few words.
  String meaning() {
    return meaning;
  }

  /// What is allowed, for people.
  String allowed() {
    return allowed;
  }

  /// The environment variable for `provider`.
  String of(String provider) {
    return prefix(provider) + name();
  }

  /// What the environment variables of `provider` begin with.
  static String prefix(String provider) {
    return provider.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
  }
}
