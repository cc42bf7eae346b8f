package dev.prosa.core.connection;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.prosa.core.runtime.RandomId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names one WebSocket: `k_` and 26 characters of `0-9a-v`.
///
/// @param value the whole id, as clients see it
public record ConnectionId(@JsonValue String value) {

  private static final String PREFIX = "k_";
  private static final Pattern ALLOWED = Pattern.compile(PREFIX + RandomId.PATTERN);

  public ConnectionId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException("not a connection id");
    }
  }

  /// A new id that no connection has.
  public static ConnectionId create() {
    return new ConnectionId(PREFIX + RandomId.create().value());
  }

  /// The id that `text` spells, or null when it spells none.
  public static @Nullable ConnectionId parse(String text) {
    return ALLOWED.matcher(text).matches() ? new ConnectionId(text) : null;
  }

  @Override
  public String toString() {
    return value;
  }
}
