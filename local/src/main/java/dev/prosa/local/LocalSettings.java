package dev.prosa.local;

import dev.prosa.core.provider.ProviderConfig;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The settings of the one-process chat: the environment, and the file `.env` for what it leaves
/// open.
///
/// @param settings all settings but those of the providers
/// @param providers the providers of models; empty when it is offline
/// @param offline whether the scripted model answers, because no real one is configured
public record LocalSettings(Settings settings, List<ProviderConfig> providers, boolean offline) {

  /// Closing waits for a poll to end, and an idle poll costs nothing here.
  private static final String POLL_WAIT = "1s";

  public LocalSettings {
    providers = List.copyOf(providers);
  }

  /// The settings of this process.
  ///
  /// @throws InvalidSettingsException naming every problem there is
  public static LocalSettings ofEnvironment() {
    return of(System.getenv(), Path.of(".env"));
  }

  /// The settings in `environment` and `file`, which may be missing.
  ///
  /// @throws InvalidSettingsException naming every problem there is
  public static LocalSettings of(Map<String, String> environment, Path file) {
    var merged = new HashMap<>(parse(file));
    merged.putAll(environment);
    var online = ProviderSettings.isConfigured(merged);
    var configured = online ? ProviderSettings.of(merged) : ProviderSettings.namesOf(merged);
    var settings = configured.settings();
    if (!settings.isSet(Setting.POLL_WAIT)) {
      settings = settings.with(Setting.POLL_WAIT, POLL_WAIT);
    }
    return new LocalSettings(settings, online ? configured.providers() : List.of(), !online);
  }

  /// Lines of `KEY=value`; `#` begins a comment line.
  private static Map<String, String> parse(Path file) {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    try {
      var values = new HashMap<String, String>();
      for (var line : Files.readAllLines(file)) {
        var at = line.indexOf('=');
        if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
          if (at < 1) {
            throw new InvalidSettingsException(
                List.of(file + ": this line is not KEY=value: " + line.strip()));
          }
          values.put(line.substring(0, at).strip(), unquoted(line.substring(at + 1).strip()));
        }
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }

  /// The address of the HTTP API on this machine.
  public URI server() {
    var host = settings.text(Setting.HOST);
    return URI.create(
        "http://%s:%d"
            .formatted(
                host.contains(":") ? "[" + host + "]" : host, settings.number(Setting.HTTP_PORT)));
  }

  /// The folder that keeps the conversations.
  public Path data() {
    return Path.of(settings.text(Setting.DATA)).toAbsolutePath().normalize();
  }
}
