package dev.prosa.core.provider;

import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The settings of a process that has to do with model providers, read once and checked together.
///
/// @param settings all the others
/// @param providers in the order in which they are asked; not empty
public record ProviderSettings(Settings settings, List<ProviderConfig> providers) {

  public ProviderSettings {
    providers = List.copyOf(providers);
    if (providers.isEmpty()) {
      throw new IllegalArgumentException("no provider");
    }
  }

  /// The settings in the environment of this process, which asks the providers.
  ///
  /// @throws InvalidSettingsException naming every problem there is
  public static ProviderSettings ofEnvironment() {
    return of(System.getenv());
  }

  /// The settings in `environment` for a process that asks the providers. An empty value counts as
  /// absent.
  ///
  /// @throws InvalidSettingsException naming every problem there is; a provider elsewhere without a
  ///   key is one
  public static ProviderSettings of(Map<String, String> environment) {
    return read(environment, true);
  }

  /// The settings in the environment of this process, which only names providers and models.
  ///
  /// @throws InvalidSettingsException naming every problem there is
  public static ProviderSettings namesOfEnvironment() {
    return namesOf(System.getenv());
  }

  /// The settings in `environment` for a process that only names providers and models: keys may be
  /// missing, and are left out.
  ///
  /// @throws InvalidSettingsException naming every problem there is
  public static ProviderSettings namesOf(Map<String, String> environment) {
    return read(environment, false);
  }

  private static ProviderSettings read(Map<String, String> environment, boolean withKeys) {
    var problems = new ArrayList<>(Settings.problems(environment));
    var providers = new ProviderReader(environment, withKeys, problems).read();
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new ProviderSettings(Settings.of(environment), providers);
  }

  /// Whether the scripted demo model is asked first.
  public boolean isOffline() {
    return providers.getFirst().isOffline();
  }

  /// Every model that may be asked for, without duplicates, in the order of the providers.
  public List<String> models() {
    return providers.stream().flatMap(p -> p.models().stream()).distinct().toList();
  }
}
