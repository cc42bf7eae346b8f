package dev.prosa.core.provider;

import dev.prosa.core.prompt.Prompts;
import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The settings of a process that has to do with model providers, read once and checked together.
///
/// @param settings all the others
/// @param providers in the order in which they are asked; not empty
/// @param prompts what they are told; none where they are not asked
public record ProviderSettings(Settings settings, List<ProviderConfig> providers, Prompts prompts) {

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
  ///   key is one, and so is a prompt without a text
  public static ProviderSettings of(Map<String, String> environment) {
    return read(environment, true);
  }

  /// The settings in the environment of this process, which only names providers, models and
  /// prompts.
  ///
  /// @throws InvalidSettingsException naming every problem there is
  public static ProviderSettings namesOfEnvironment() {
    return namesOf(System.getenv());
  }

  /// The settings in `environment` for a process that only names providers, models and prompts:
  /// keys and texts may be missing, and are left out.
  ///
  /// @throws InvalidSettingsException naming every problem there is
  public static ProviderSettings namesOf(Map<String, String> environment) {
    return read(environment, false);
  }

  private static ProviderSettings read(Map<String, String> environment, boolean asks) {
    var problems = new ArrayList<>(Settings.problems(environment));
    var prompts = Prompts.read(environment, asks, problems);
    // a prompt may be called like a provider, whose keys begin likewise
    var others = new HashMap<>(environment);
    others.keySet().removeAll(Prompts.keys(environment));
    var providers = new ProviderReader(others, asks, problems).read();
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new ProviderSettings(Settings.of(environment), providers, prompts);
  }

  /// The same providers and prompts with other settings beside them.
  public ProviderSettings with(Settings others) {
    return new ProviderSettings(others, providers, prompts);
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
