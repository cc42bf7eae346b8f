package dev.prosa.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.connection.ConnectionId;
import org.jspecify.annotations.Nullable;

/// What a client learns about its connection, in the words of the protocol `prosa.v1`.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = GatewayEvent.ConnectionReady.class, name = "connection.ready"),
  @JsonSubTypes.Type(value = GatewayEvent.ConnectionClosing.class, name = "connection.closing"),
  @JsonSubTypes.Type(value = GatewayEvent.AuthExpiring.class, name = "auth.expiring"),
  @JsonSubTypes.Type(value = GatewayEvent.AuthRefreshed.class, name = "auth.refreshed"),
  @JsonSubTypes.Type(value = GatewayEvent.Refusal.class, name = "error"),
  @JsonSubTypes.Type(value = GatewayEvent.Pong.class, name = "pong"),
})
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"type"})
sealed interface GatewayEvent {

  /// The event as one line of JSON.
  default String toJson() {
    try {
      return Json.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The connection stands, and replies arrive on it.
  ///
  /// @param heartbeatSeconds how often the gateway pings
  record ConnectionReady(ConnectionId connectionId, int heartbeatSeconds, String protocol)
      implements GatewayEvent {}

  /// The connection will be closed.
  ///
  /// @param reason a stable word: `draining`
  /// @param reconnectAfterMillis how long to wait before connecting again, 0 or more
  record ConnectionClosing(String reason, int reconnectAfterMillis) implements GatewayEvent {}

  /// What proved who the client is will end, and the connection with it, unless it is proved again.
  ///
  /// @param expiresAt when, as ISO 8601
  record AuthExpiring(String expiresAt) implements GatewayEvent {}

  /// It was proved again.
  ///
  /// @param expiresAt when that ends, as ISO 8601; null when it does not
  record AuthRefreshed(@Nullable String expiresAt) implements GatewayEvent {}

  /// A message of the client was not obeyed.
  ///
  /// @param code a stable word
  /// @param message one sentence for people
  /// @param jobId the job it was about, as the client wrote it; null when it was about none
  record Refusal(String code, String message, @Nullable String jobId) implements GatewayEvent {

    static Refusal invalidMessage() {
      return new Refusal("invalid_message", "This message is not part of the protocol.", null);
    }

    static Refusal rateLimited() {
      return new Refusal("rate_limited", "Too many messages. Please reconnect.", null);
    }

    static Refusal notFound(String jobId) {
      return new Refusal("not_found", "There is no such job.", jobId);
    }

    static Refusal unavailable(@Nullable String jobId) {
      return new Refusal("unavailable", "This cannot be done now. Please try again.", jobId);
    }
  }

  /// The answer to `ping`.
  record Pong() implements GatewayEvent {}

  /// Holds the mapper, which an interface cannot hide otherwise.
  final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}
  }
}
