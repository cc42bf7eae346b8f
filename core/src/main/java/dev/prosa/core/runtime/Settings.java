package dev.prosa.core.runtime;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The settings of a process, read once and checked together.
///
/// @param values what was given, checked; settings without a value are absent
public record Settings(Map<Setting, String> values) {

  private static final String PREFIX = "PROSA_";

  /// Makes openai-java print what is sent and received.
  private static final String MODEL_CLIENT_LOG = "OPENAI_LOG";

  /// Keys that only the start script reads.
  private static final List<String> OF_THE_SCRIPT = List.of("PROSA_JAVA_HOME", "PROSA_JAVA_OPTS");

  public Settings {
    values = Map.copyOf(values);
  }

  /// The settings in the environment of this process.
  ///
  /// @throws InvalidSettingsException naming every problem there is
  public static Settings ofEnvironment() {
    return of(System.getenv());
  }

  /// The settings in `environment`. An empty value counts as absent.
  ///
  /// @throws InvalidSettingsException naming every problem there is
  public static Settings of(Map<String, String> environment) {
    var problems = new ArrayList<String>();
    var values = new EnumMap<Setting, String>(Setting.class);
    for (var setting : Setting.values()) {
      var value = environment.getOrDefault(setting.key(), "").strip();
      if (!value.isEmpty() && !setting.kind().accepts(value)) {
        problems.add(refusal(setting, value));
      } else if (!value.isEmpty()) {
        values.put(setting, value);
      }
    }
    environment.keySet().stream()
        .filter(key -> key.startsWith(PREFIX) && !isKnown(key))
        .sorted()
        .forEach(
            key -> problems.add(key + " is not a setting; did you mean " + nearest(key) + "?"));
    if (!environment.getOrDefault(MODEL_CLIENT_LOG, "").isBlank()) {
      problems.add(MODEL_CLIENT_LOG + " is set: the model's client would print prompts; unset it");
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new Settings(values);
  }

  private static String refusal(Setting setting, String value) {
    return "%s=%s is not allowed: %s"
        .formatted(setting.key(), shown(setting, value), setting.kind().allowed());
  }

  /// Neither a key nor the password in a URL is shown, though they are not what was expected.
  private static String shown(Setting setting, String value) {
    return setting == Setting.OPENAI_API_KEY
        ? "***"
        : value.replaceFirst("^([a-z]+://)?.*@", "$1***@");
  }

  private static boolean isKnown(String key) {
    return OF_THE_SCRIPT.contains(key)
        || Arrays.stream(Setting.values()).anyMatch(s -> s.key().equals(key));
  }

  private static String nearest(String key) {
    return Arrays.stream(Setting.values())
        .map(Setting::key)
        .min(Comparator.comparingInt(known -> distance(known, key)))
        .orElseThrow();
  }

  /// Letters to insert, delete or change (Levenshtein).
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        var changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  /// These settings with one of them changed.
  public Settings with(Setting setting, String value) {
    var changed = new EnumMap<Setting, String>(Setting.class);
    changed.putAll(values);
    changed.put(setting, value);
    return new Settings(changed);
  }

  /// Whether a value was given.
  public boolean isSet(Setting setting) {
    return values.containsKey(setting);
  }

  /// The value or the default; null when there is neither.
  public @Nullable String textOrNull(Setting setting) {
    return values.getOrDefault(setting, setting.fallback());
  }

  /// The value or the default.
  ///
  /// @throws NullPointerException when there is neither, which the setting's definition tells
  public String text(Setting setting) {
    return Objects.requireNonNull(textOrNull(setting), setting.key());
  }

  /// A [SettingKind#PORT] or [SettingKind#COUNT].
  public int number(Setting setting) {
    return Integer.parseInt(text(setting));
  }

  /// A [SettingKind#DURATION].
  public Duration duration(Setting setting) {
    return Duration.ofMillis(SettingKind.millis(text(setting)));
  }

  /// A [SettingKind#URL]; null when there is none.
  public @Nullable URI urlOrNull(Setting setting) {
    var text = textOrNull(setting);
    return text == null ? null : URI.create(text);
  }

  /// Never shows values: some are secrets.
  @Override
  public String toString() {
    return "Settings" + values.keySet();
  }
}
