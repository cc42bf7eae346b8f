package dev.prosa.core.prompt;

import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.SettingKind;
import dev.prosa.core.runtime.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The system prompts that the settings name, with their texts.
///
/// @param all in the order of the settings; the first is the one of messages that name none; empty
///   when models are told nothing
public record Prompts(List<Prompt> all) {

  /// Nothing is told.
  public static final Prompts NONE = new Prompts(List.of());

  /// The longest text: about 2,000 tokens, which every call pays for.
  public static final int MAX_CHARS = 8_000;

  /// Neither `.env` nor every place where an environment is written down has values of many lines.
  private static final Pattern ESCAPE = Pattern.compile("\\\\([n\\\\])");

  public Prompts {
    all = List.copyOf(all);
  }

  /// The prompts in `environment`, going on after a problem so that all of them are found.
  ///
  /// @param withTexts false for a process that only names prompts: texts may be missing, and are
  ///   left out
  /// @param problems takes a sentence for each; malformed names are the business of [Settings]
  public static Prompts read(
      Map<String, String> environment, boolean withTexts, List<String> problems) {
    var found = new ArrayList<Prompt>();
    for (var name : names(environment)) {
      var key = key(name);
      var text = unescaped(Settings.value(environment, key)).strip();
      if (text.isEmpty() && withTexts) {
        problems.add("%s is missing: %s names it".formatted(key, Setting.PROMPTS.key()));
      } else if (text.length() > MAX_CHARS) {
        problems.add(
            "%s has %d characters: at most %d are allowed"
                .formatted(key, text.length(), MAX_CHARS));
      } else if (withTexts) {
        found.add(new Prompt(name, text));
      }
    }
    return new Prompts(found);
  }

  /// The environment variables that hold the texts.
  public static List<String> keys(Map<String, String> environment) {
    return names(environment).stream().map(Prompts::key).toList();
  }

  private static List<String> names(Map<String, String> environment) {
    var value = Settings.value(environment, Setting.PROMPTS.key());
    return SettingKind.NAMES.accepts(value) ? SettingKind.names(value) : List.of();
  }

  private static String key(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_') + "_PROMPT";
  }

  /// `\n` is a line break, and `\\` a backslash.
  private static String unescaped(String value) {
    return ESCAPE
        .matcher(value)
        .replaceAll(escape -> "n".equals(escape.group(1)) ? "\n" : Matcher.quoteReplacement("\\"));
  }

  /// Whether a message that names `name` can be answered as it asks.
  ///
  /// @param name null when it names none, which is always possible
  public boolean knows(@Nullable String name) {
    return name == null || find(name) != null;
  }

  /// What the model is told for a message that names `name`; null for nothing.
  ///
  /// @param name null when it names none; one that is not [known][#knows] is told nothing
  public @Nullable Prompt find(@Nullable String name) {
    return all.stream()
        .filter(prompt -> name == null || prompt.name().equals(name))
        .findFirst()
        .orElse(null);
  }
}
