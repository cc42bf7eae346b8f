package dev.prosa.core.runtime;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a setting may hold.
public enum SettingKind {
  /// A number from 0 to 65535; 0 means any free port.
  PORT("a port, 0 to 65535 (0 = any free one)"),
  /// A whole number from 1 to 10,000.
  COUNT("a whole number, 1 to 10000"),
  /// A whole number from 1 to 1,000,000: more than any reply has.
  TOKENS("a whole number, 1 to 1000000"),
  /// A whole number from 0 to 16.
  HOPS("a whole number, 0 to 16"),
  /// A whole number from 0 to 1,000,000,000, where 0 means that there is no limit.
  LIMIT("a whole number, 0 to 1000000000 (0 = no limit)"),
  /// An amount of money, where 0 means that there is no limit.
  DOLLARS("US dollars such as 2.50, at most 1000000 (0 = no limit)"),
  /// A number with a unit.
  DURATION("a time such as 500ms, 30s or 10m, at most 12h"),
  /// An absolute URL with a host.
  URL("a URL such as http://127.0.0.1:9324"),
  /// The name of an AWS region; it becomes part of host names.
  REGION("a region such as us-east-1"),
  /// Yes or no.
  FLAG("true or false"),
  /// Anything that is not blank.
  TEXT("text"),
  /// Origins as browsers send them.
  ORIGINS("origins such as https://chat.example.com, separated by commas"),
  /// Names of model providers; who reads them knows more.
  PROVIDERS("names of providers, separated by commas"),
  /// Hosts of model providers; who reads them knows more.
  HOSTS("hosts, or *.example.com for all below it, separated by commas"),
  /// How log lines look.
  LOG_FORMAT("text or json"),
  /// How callers prove who they are.
  AUTH("development or jwt"),
  /// At most 20 names, see [#isName], each once.
  NAMES(
      "at most 20 names of lower-case letters, digits and -, each once, separated by commas; not"
          + " aws, llm, prosa");

  private static final int MAX_NAMES = 20;
  private static final Pattern NAME_TEXT =
      Pattern.compile("(?=.{1,32}$)[a-z][a-z0-9]*(-[a-z0-9]+)*");

  /// Names whose keys would be taken for others.
  private static final Pattern RESERVED = Pattern.compile("aws|(llm|prosa)(-.*)?");

  private static final Pattern DURATION_TEXT = Pattern.compile("\\d{1,8}(ms|s|m|h)");
  private static final long MAX_MILLIS = 12 * 3_600_000L;
  private static final Pattern DOLLARS_TEXT = Pattern.compile("\\d{1,7}(\\.\\d{1,9})?");
  private static final int NANO_DIGITS = 9;
  private static final long MAX_NANOS = 1_000_000_000_000_000L;

  private final String allowed;

  SettingKind(String allowed) {
    this.allowed = allowed;
  }

  /// What is allowed, for people.
  public String allowed() {
    return allowed;
  }

  /// Whether `value` is allowed.
  public boolean accepts(String value) {
    return switch (this) {
      case PORT -> isNumber(value, 0, 65_535);
      case COUNT -> isNumber(value, 1, 10_000);
      case TOKENS -> isNumber(value, 1, 1_000_000);
      case HOPS -> isNumber(value, 0, 16);
      case LIMIT -> isNumber(value, 0, 1_000_000_000);
      case DOLLARS -> DOLLARS_TEXT.matcher(value).matches() && dollarNanos(value) <= MAX_NANOS;
      case DURATION -> {
        var millis = millis(value);
        yield millis > 0 && millis <= MAX_MILLIS;
      }
      case URL -> isUrl(value);
      case REGION -> value.matches("[a-z0-9-]{1,32}");
      case FLAG -> value.equals("true") || value.equals("false");
      case TEXT, PROVIDERS, HOSTS -> !value.isBlank();
      case ORIGINS ->
          value
              .lines()
              .flatMap(l -> Pattern.compile(",").splitAsStream(l))
              .allMatch(SettingKind::isUrl);
      case LOG_FORMAT -> value.equals("text") || value.equals("json");
      case AUTH -> value.equals("development") || value.equals("jwt");
      case NAMES -> areNames(names(value));
    };
  }

  private static boolean areNames(List<String> names) {
    return names.size() <= MAX_NAMES
        && names.stream().allMatch(SettingKind::isName)
        && Set.copyOf(names).size() == names.size();
  }

  /// Whether settings of its own can begin with `name`, in upper case and with `_` for `-`: 1 to 32
  /// lower-case letters, digits and `-`.
  public static boolean isName(String name) {
    return NAME_TEXT.matcher(name).matches() && !RESERVED.matcher(name).matches();
  }

  /// What stands between the commas of a value.
  public static List<String> names(String value) {
    return Arrays.stream(value.split(",", -1)).map(String::strip).toList();
  }

  /// The milliseconds of a duration; -1 when it is none.
  static long millis(String value) {
    if (!DURATION_TEXT.matcher(value).matches()) {
      return -1;
    }
    var unit = value.endsWith("ms") ? "ms" : value.substring(value.length() - 1);
    var number = Long.parseLong(value.substring(0, value.length() - unit.length()));
    return switch (unit) {
      case "ms" -> number;
      case "s" -> number * 1_000;
      case "m" -> number * 60_000;
      default -> number * 3_600_000;
    };
  }

  /// The billionths of an amount of money.
  static long dollarNanos(String value) {
    return new BigDecimal(value).movePointRight(NANO_DIGITS).longValueExact();
  }

  private static boolean isNumber(String value, int min, int max) {
    if (!value.matches("\\d{1,10}")) {
      return false;
    }
    var number = Long.parseLong(value);
    return number >= min && number <= max;
  }

  private static boolean isUrl(String value) {
    try {
      var uri = new URI(value.strip());
      return uri.getScheme() != null && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
