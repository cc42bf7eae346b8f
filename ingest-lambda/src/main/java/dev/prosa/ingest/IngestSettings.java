package dev.prosa.ingest;

import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the ingest side is told from outside.
///
/// @param timeToAnswer how long a turn may stay open
/// @param socketUrl the WebSocket address that browsers are told; null derives it from the host
///   name that they used and `socketPort`
/// @param socketPort the port of the gateway
/// @param model what answers, for the health report
public record IngestSettings(
    Duration timeToAnswer, @Nullable URI socketUrl, int socketPort, Model model) {

  /// What answers.
  ///
  /// @param provider the host that is asked
  /// @param name the model that is asked for
  /// @param offline whether it is the scripted one that needs no key
  public record Model(String provider, String name, boolean offline) {}

  /// The ingest side's part of `settings`.
  public static IngestSettings of(Settings settings) {
    var provider = URI.create(settings.text(Setting.OPENAI_BASE_URL)).getHost();
    return new IngestSettings(
        settings.duration(Setting.DEADLINE),
        settings.urlOrNull(Setting.WS_URL),
        settings.number(Setting.WS_PORT),
        new Model(
            Objects.requireNonNull(provider, "checked by Settings"),
            settings.text(Setting.OPENAI_MODEL),
            false));
  }

  /// These settings, saying whether the scripted model answers.
  public IngestSettings answeredBy(boolean offline) {
    return new IngestSettings(
        timeToAnswer, socketUrl, socketPort, new Model(model.provider(), model.name(), offline));
  }
}
