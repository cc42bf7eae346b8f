package dev.prosa.worker.llm;

import dev.prosa.core.provider.ProviderConfig;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.util.List;

/// The keys of the providers: read at the start, and again every 5 minutes until they are closed,
/// so that a key can be replaced where it is stored. When that fails the old one stays.
/// Thread-safe.
public sealed interface ProviderKeys extends AutoCloseable permits HeldProviderKeys {

  /// Where keys are stored.
  ///
  /// @param ssm the Parameter Store of AWS Systems Manager
  /// @param secretsManager AWS Secrets Manager
  record Stores(AwsTarget ssm, AwsTarget secretsManager) {

    /// The stores in `settings`: those of AWS unless they say otherwise.
    public static Stores of(Settings settings) {
      var region = settings.text(Setting.AWS_REGION);
      return new Stores(
          new AwsTarget(region, settings.urlOrNull(Setting.SSM_ENDPOINT)),
          new AwsTarget(region, settings.urlOrNull(Setting.SECRETS_ENDPOINT)));
    }
  }

  /// Reads all keys and keeps them fresh, on a thread of its own when one is stored elsewhere.
  ///
  /// @throws InvalidSettingsException naming every key that cannot be read
  static ProviderKeys open(List<ProviderConfig> providers, Stores stores, Clockwork clockwork) {
    return HeldProviderKeys.open(providers, stores, clockwork);
  }

  /// The key as it was read last.
  ///
  /// @param provider its name
  /// @throws IllegalArgumentException when there is no such provider
  ApiKey of(String provider);

  /// Reads a key again at once, because the provider refused it. It blocks for 5 s at most, and
  /// does nothing within 30 s of the last reading.
  ///
  /// @param provider its name
  /// @return whether the key is another one than `refused`
  /// @throws IllegalArgumentException when there is no such provider
  boolean refresh(String provider, ApiKey refused);

  /// Ends the refreshing. The keys stay as they are.
  @Override
  void close();
}
