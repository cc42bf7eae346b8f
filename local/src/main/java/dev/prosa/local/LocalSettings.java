package dev.prosa.local;

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
/// @param configured all settings; without a provider it is the scripted model
public record LocalSettings(ProviderSettings configured) {

  /// Without a key the scripted model answers. Closing waits for a poll to end, and an idle poll
  /// costs nothing here.
  private static final Map<String, String> DEFAULTS =
      Map.of("LLM_DEFAULT", "offline", Setting.POLL_WAIT.key(), "1s");

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
    var merged = new HashMap<>(DEFAULTS);
    merged.putAll(parse(file));
    merged.putAll(environment);
    return new LocalSettings(ProviderSettings.of(merged));
  }

  /// All settings but those of the providers.
  public Settings settings() {
    return configured.settings();
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
    var host = settings().text(Setting.HOST);
    return URI.create(
        "http://%s:%d"
            .formatted(
                host.contains(":") ? "[" + host + "]" : host,
                settings().number(Setting.HTTP_PORT)));
  }

  /// The folder that keeps the conversations.
  public Path data() {
    return Path.of(settings().text(Setting.DATA)).toAbsolutePath().normalize();
  }
}
