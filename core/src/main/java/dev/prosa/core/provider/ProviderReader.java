package dev.prosa.core.provider;

import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.SettingKind;
import dev.prosa.core.runtime.Settings;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the chain of providers, going on after a problem so that all of them are found.
final class ProviderReader {

  private static final String PREFIX = "LLM_";
  private static final String PROVIDERS = Setting.LLM_PROVIDERS.key();
  private static final String UNCONFIGURED = Setting.LLM_DEFAULT.key();
  private static final String ALLOWED_HOSTS = Setting.LLM_ALLOWED_HOSTS.key();
  private static final String DEFAULT = Objects.requireNonNull(Setting.LLM_PROVIDERS.fallback());

  /// Refused by [Settings], with its reason.
  private static final String MODEL_CLIENT_LOG = "OPENAI_LOG";

  private static final int MAX_CONCURRENCY = 10_000;
  private static final int MAX_OUTPUT_TOKENS = 1_000_000;

  private static final Pattern MODEL = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final Pattern PRICES =
      Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)/(\\d{1,6}(?:\\.\\d{1,6})?)");

  private final Map<String, String> environment;
  private final boolean withKeys;
  private final List<String> problems;

  /// @param withKeys whether a missing key is a problem
  /// @param problems takes a sentence for each
  ProviderReader(Map<String, String> environment, boolean withKeys, List<String> problems) {
    this.environment = environment;
    this.withKeys = withKeys;
    this.problems = problems;
  }

  static boolean isConfigured(Map<String, String> environment) {
    return List.of(
            PROVIDERS, ProviderSetting.API_KEY.of(DEFAULT), ProviderSetting.BASE_URL.of(DEFAULT))
        .stream()
        .anyMatch(key -> !Settings.value(environment, key).isEmpty());
  }

  /// The providers without a problem, in their order.
  List<ProviderConfig> read() {
    var policy = UrlPolicy.of(region(), allowedHosts());
    var names = names();
    refuseUnknownKeys(names);
    var providers = new ArrayList<ProviderConfig>();
    for (var name : names) {
      var provider = provider(name, policy);
      if (provider != null) {
        providers.add(provider);
      }
    }
    return providers;
  }

  private String value(String key) {
    return Settings.value(environment, key);
  }

  private void refuse(String key, String value, String allowed) {
    problems.add(Settings.refusal(key, value, allowed));
  }

  /// A bad one is refused by [Settings].
  private String region() {
    var region = value(Setting.AWS_REGION.key());
    return SettingKind.REGION.accepts(region)
        ? region
        : Objects.requireNonNull(Setting.AWS_REGION.fallback());
  }

  private List<HostRule> allowedHosts() {
    var rules = new ArrayList<HostRule>();
    for (var text : list(value(ALLOWED_HOSTS))) {
      var rule = HostRule.parse(text);
      if (rule == null) {
        refuse(ALLOWED_HOSTS, text, "hosts, or *.example.com, with commas");
      } else {
        rules.add(rule);
      }
    }
    return rules;
  }

  private static List<String> list(String value) {
    return value.isEmpty() ? List.of() : SettingKind.names(value);
  }

  private List<String> names() {
    var unconfigured = !isConfigured(environment) && !value(UNCONFIGURED).isEmpty();
    var setting = unconfigured ? UNCONFIGURED : PROVIDERS;
    var given = value(setting);
    var names = new ArrayList<String>();
    for (var name : list(given.isEmpty() ? DEFAULT : given)) {
      if (!SettingKind.isName(name)) {
        refuse(
            setting,
            name,
            "names of lower-case letters, digits and -, separated by commas; not aws, llm, prosa");
      } else if (names.contains(name)) {
        problems.add(setting + " names " + name + " twice");
      } else {
        names.add(name);
      }
    }
    return names;
  }

  /// Also those of the usual provider, when nothing says that it is another one.
  private void refuseUnknownKeys(List<String> chosen) {
    var own = List.of(PROVIDERS, UNCONFIGURED, ALLOWED_HOSTS);
    var names = new ArrayList<>(chosen);
    if (value(PROVIDERS).isEmpty()) {
      names.add(DEFAULT);
    }
    environment.keySet().stream()
        .sorted()
        .forEach(key -> {
          var name = key.startsWith(PREFIX) ? null : owner(key, names);
          var known = name == null ? own : keys(name);
          var read = name != null || key.startsWith(PREFIX);
          if (read && !known.contains(key) && !key.equals(MODEL_CLIENT_LOG)) {
            problems.add(Settings.misspelt(key, known));
          }
        });
  }

  /// The provider whose name begins `key`; of `open` and `open-ai` the longer one.
  private static @Nullable String owner(String key, List<String> names) {
    return names.stream()
        .filter(name -> key.startsWith(ProviderSetting.prefix(name)))
        .max(Comparator.comparingInt(String::length))
        .orElse(null);
  }

  private static List<String> keys(String name) {
    return Arrays.stream(ProviderSetting.values()).map(setting -> setting.of(name)).toList();
  }

  private @Nullable ProviderConfig provider(String name, UrlPolicy policy) {
    var preset = ProviderPreset.of(name);
    var url = url(name, preset, policy);
    var key = key(name, url);
    var models = models(name, preset);
    var price = price(name);
    var concurrency = number(name, ProviderSetting.CONCURRENCY, MAX_CONCURRENCY);
    var longest = number(name, ProviderSetting.MAX_OUTPUT_TOKENS, MAX_OUTPUT_TOKENS);
    if (url == null || models.isEmpty()) {
      return null;
    }
    var limits =
        new ProviderConfig.Limits(
            concurrency == null ? ProviderConfig.Limits.DEFAULT.concurrency() : concurrency,
            longest);
    return new ProviderConfig(name, url, key, models, price, limits);
  }

  private @Nullable URI url(String name, @Nullable ProviderPreset preset, UrlPolicy policy) {
    var key = ProviderSetting.BASE_URL.of(name);
    var text = value(key);
    if (text.isEmpty()) {
      return preset == null ? missing(key) : preset.baseUrl(region());
    }
    try {
      return policy.check(text);
    } catch (UrlPolicy.Refusal e) {
      refuse(key, UrlPolicy.shown(text), e.allowed());
      return null;
    }
  }

  private @Nullable URI missing(String key) {
    problems.add(key + " is missing: " + noPreset());
    return null;
  }

  private static String noPreset() {
    return Arrays.stream(ProviderPreset.values())
        .map(ProviderPreset::word)
        .collect(Collectors.joining(", ", "only ", " need none"));
  }

  /// Never shows a key, whatever is wrong with it.
  private @Nullable String key(String name, @Nullable URI url) {
    var key = ProviderSetting.API_KEY.of(name);
    var text = value(key);
    if (text.isEmpty()) {
      if (withKeys && (url == null || !UrlPolicy.isLoopback(url))) {
        problems.add(key + " is missing: only a provider on this machine needs none");
      }
      return null;
    }
    if (KeyOrigin.parse(text) == null) {
      refuse(key, "***", ProviderSetting.API_KEY.allowed());
    }
    return withKeys ? text : null;
  }

  private List<String> models(String name, @Nullable ProviderPreset preset) {
    var key = ProviderSetting.MODEL.of(name);
    var text = value(key);
    if (text.isEmpty() && preset == null) {
      problems.add(key + " is missing: " + noPreset());
    }
    var models = text.isEmpty() && preset != null ? List.of(preset.model()) : list(text);
    Set<String> seen = new HashSet<>();
    if (!models.stream().allMatch(m -> MODEL.matcher(m).matches() && seen.add(m))) {
      refuse(key, text, ProviderSetting.MODEL.allowed() + ", each once");
    }
    return models;
  }

  private Price price(String name) {
    var key = ProviderSetting.PRICES.of(name);
    var text = value(key);
    var prices = PRICES.matcher(text);
    if (prices.matches()) {
      return new Price(
          new BigDecimal(String.valueOf(prices.group(1))),
          new BigDecimal(String.valueOf(prices.group(2))));
    }
    if (!text.isEmpty()) {
      refuse(key, text, ProviderSetting.PRICES.allowed());
    }
    return Price.FREE;
  }

  private @Nullable Integer number(String name, ProviderSetting setting, int max) {
    var key = setting.of(name);
    var text = value(key);
    var number = text.matches("\\d{1,8}") ? Integer.parseInt(text) : 0;
    if (!text.isEmpty() && (number < 1 || number > max)) {
      refuse(key, text, setting.allowed());
    }
    return text.isEmpty() ? null : number;
  }
}
