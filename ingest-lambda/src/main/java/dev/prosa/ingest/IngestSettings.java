package dev.prosa.ingest;

import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.runtime.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the ingest side is told from outside.
///
/// @param timeToAnswer how long a turn may stay open
/// @param socketUrl the WebSocket address that browsers are told; null derives it from the host
///   name that they used and `socketPort`
/// @param socketPort the port of the gateway
/// @param model what answers, for the health report
/// @param models what a message may ask for, the default first
/// @param prompts the names of the system prompts that a message may ask for, the default first
public record IngestSettings(
    Duration timeToAnswer,
    @Nullable URI socketUrl,
    int socketPort,
    Model model,
    List<String> models,
    List<String> prompts) {

  public IngestSettings {
    models = List.copyOf(models);
    prompts = List.copyOf(prompts);
  }

  /// What answers.
  ///
  /// @param provider who is asked first
  /// @param name the model that is asked for when a message names none
  /// @param offline whether it is the scripted one that needs no key
  public record Model(String provider, String name, boolean offline) {}

  /// The ingest side's part of `configured`.
  public static IngestSettings of(ProviderSettings configured) {
    var settings = configured.settings();
    var first = configured.providers().getFirst();
    return new IngestSettings(
        settings.duration(Setting.DEADLINE),
        settings.urlOrNull(Setting.WS_URL),
        settings.number(Setting.WS_PORT),
        new Model(first.name(), first.model(), first.isOffline()),
        configured.models(),
        settings.names(Setting.PROMPTS));
  }
}
