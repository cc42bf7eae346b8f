package dev.prosa.core.connection;

import dev.prosa.core.runtime.RandomId;
import java.util.regex.Pattern;

/// Names one running gateway: `g_` and 26 characters of `0-9a-v`. A restarted one has another.
///
/// @param value the whole id
public record GatewayId(String value) {

  private static final String PREFIX = "g_";
  private static final Pattern ALLOWED = Pattern.compile(PREFIX + RandomId.PATTERN);

  public GatewayId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException("not a gateway id");
    }
  }

  /// A new id that no gateway has.
  public static GatewayId create() {
    return new GatewayId(PREFIX + RandomId.create().value());
  }

  @Override
  public String toString() {
    return value;
  }
}
