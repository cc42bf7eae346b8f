package dev.prosa.local.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of a request.
sealed interface Answer {

  /// It was served.
  ///
  /// @param body the JSON; missing when there was none
  record Served(JsonNode body) implements Answer {}

  /// Nobody waits in front of a terminal for longer, say until a new day brings a new budget.
  Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /// It was refused.
  ///
  /// @param status the HTTP status
  /// @param detail one sentence for people
  /// @param retryAfter the wait that the server asks for; null when it asks for none
  record Refused(int status, String detail, @Nullable Duration retryAfter) implements Answer {}

  /// Nothing answered, or not in time. It may have been served all the same.
  record Unreachable() implements Answer {}

  /// Whether the same request may be served later.
  default boolean mayPass() {
    return switch (this) {
      case Served _ -> false;
      case Refused refused ->
          (refused.status() == 408 || refused.status() == 429 || refused.status() >= 500)
              && (refused.retryAfter() == null
                  || refused.retryAfter().compareTo(LONGEST_WAIT) <= 0);
      case Unreachable _ -> true;
    };
  }

  /// Why it was not served, for people; empty when it was.
  default String problem() {
    return switch (this) {
      case Served _ -> "";
      case Refused refused -> refused.detail();
      case Unreachable _ -> "The server cannot be reached.";
    };
  }
}
