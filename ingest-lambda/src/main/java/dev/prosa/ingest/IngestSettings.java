package dev.prosa.ingest;

import dev.prosa.core.identity.PageOrigins;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import dev.prosa.ingest.http.PageAccess;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
/// @param pages those that may read answers of handlers: the configured ones, of which there may be
///   none. A server that has a page of its own lets that in itself
public record IngestSettings(
    Duration timeToAnswer,
    @Nullable URI socketUrl,
    int socketPort,
    Model model,
    List<String> models,
    List<String> prompts,
    PageAccess pages) {

  public IngestSettings {
    models = List.copyOf(models);
    prompts = List.copyOf(prompts);
  }

  /// The same for no page of another origin.
  public IngestSettings(
      Duration timeToAnswer,
      @Nullable URI socketUrl,
      int socketPort,
      Model model,
      List<String> models,
      List<String> prompts) {
    this(timeToAnswer, socketUrl, socketPort, model, models, prompts, new PageAccess(Set.of()));
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
        settings.names(Setting.PROMPTS),
        pages(settings));
  }

  private static PageAccess pages(Settings settings) {
    return new PageAccess(
        settings.isSet(Setting.ALLOWED_ORIGINS) ? PageOrigins.of(settings).all() : Set.of());
  }
}
