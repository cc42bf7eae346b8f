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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The settings of a process, read once and checked together.
///
/// @param values what was given, checked; settings without a value are absent
public record Settings(Map<Setting, String> values) {

  private static final String PREFIX = "PROSA_";

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /// Makes openai-java print what is sent and received.
  private static final String MODEL_CLIENT_LOG = "OPENAI_LOG";

  /// Keys that only the start script reads.
  private static final List<String> OF_THE_SCRIPT = List.of("PROSA_JAVA_HOME", "PROSA_JAVA_OPTS");

  public Settings {
    values = Map.copyOf(values);
  }

  /// The settings in the environment of this process; those of the model providers are not here.
  ///
  /// @throws InvalidSettingsException naming every problem there is
  public static Settings ofEnvironment() {
    return of(System.getenv());
  }

  /// The settings in `environment`. An empty value counts as absent.
  ///
  /// @throws InvalidSettingsException naming every problem there is
  public static Settings of(Map<String, String> environment) {
    var problems = problems(environment);
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    var values = new EnumMap<Setting, String>(Setting.class);
    for (var setting : Setting.values()) {
      var value = value(environment, setting.key());
      if (!value.isEmpty()) {
        values.put(setting, value);
      }
    }
    return new Settings(values);
  }

  /// Why there are no settings in `environment`, a sentence each: for whoever has more to say about
  /// it. Empty when nothing is wrong.
  public static List<String> problems(Map<String, String> environment) {
    var problems = new ArrayList<String>();
    for (var setting : Setting.values()) {
      var value = value(environment, setting.key());
      if (!value.isEmpty() && !setting.kind().accepts(value)) {
        problems.add(refusal(setting.key(), value, setting.kind().allowed()));
      }
    }
    environment.keySet().stream()
        .filter(key -> key.startsWith(PREFIX) && !isKnown(key))
        .sorted()
        .forEach(key -> problems.add(misspelt(key, keys())));
    if (!value(environment, MODEL_CLIENT_LOG).isEmpty()) {
      problems.add(MODEL_CLIENT_LOG + " is set: the model's client would print prompts; unset it");
    }
    return List.copyOf(problems);
  }

  /// What `environment` says for `key`, without blanks around it; empty when it says nothing.
  public static String value(Map<String, String> environment, String key) {
    return environment.getOrDefault(key, "").strip();
  }

  /// Whether a URL leads to this machine by one of the usual names.
  public static boolean isOfThisMachine(URI url) {
    return url.getHost() != null && LOOPBACK.contains(url.getHost());
  }

  /// Why a value is refused.
  ///
  /// @param value is shown, but for what may be a password in a URL; never pass a key of a provider
  /// @param allowed what is allowed, for people
  public static String refusal(String key, String value, String allowed) {
    return "%s=%s is not allowed: %s"
        .formatted(key, value.replaceFirst("(?s)^([a-z]+://)?.*@", "$1***@"), allowed);
  }

  /// Why a key is refused that nobody reads.
  ///
  /// @param known what it may have been meant to be; not empty
  public static String misspelt(String key, List<String> known) {
    return "%s is not a setting; did you mean %s?".formatted(key, nearest(key, known));
  }

  private static boolean isKnown(String key) {
    return OF_THE_SCRIPT.contains(key) || keys().contains(key);
  }

  private static List<String> keys() {
    return Arrays.stream(Setting.values()).map(Setting::key).toList();
  }

  /// One that goes on where `key` ends is nearer than any other.
  private static String nearest(String key, List<String> known) {
    return known.stream()
        .min(
            Comparator.comparing((String k) -> !k.startsWith(key + "_"))
                .thenComparingInt(k -> distance(k, key)))
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

  /// A [SettingKind#PORT], [SettingKind#COUNT] or [SettingKind#LIMIT].
  public int number(Setting setting) {
    return Integer.parseInt(text(setting));
  }

  /// A [SettingKind#FLAG].
  public boolean flag(Setting setting) {
    return Boolean.parseBoolean(text(setting));
  }

  /// A [SettingKind#NAMES], in their order; empty when there is no value.
  public List<String> names(Setting setting) {
    var text = textOrNull(setting);
    return text == null ? List.of() : SettingKind.names(text);
  }

  /// A [SettingKind#DOLLARS], in billionths.
  public long dollarNanos(Setting setting) {
    return SettingKind.dollarNanos(text(setting));
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
