package dev.prosa.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Reads what clients send. Unknown types and fields are passed over, so that newer clients work.
final class ClientMessageParser {

  /// More open jobs than a page shows.
  static final int MAX_JOBS = 50;

  /// Several times the longest message of the protocol, a resume of [#MAX_JOBS] jobs.
  static final int MAX_LENGTH = 16 * 1024;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ClientMessageParser() {}

  static ClientMessage parse(String text) {
    try {
      return text.length() > MAX_LENGTH
          ? new ClientMessage.Malformed()
          : message(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      return new ClientMessage.Malformed();
    }
  }

  private static ClientMessage message(JsonNode node) {
    var type = node.path("type");
    if (!type.isTextual()) {
      return new ClientMessage.Malformed();
    }
    return switch (type.textValue()) {
      case "ping" -> new ClientMessage.Ping();
      case "resume" -> resume(node.path("jobs"));
      case "cancel" -> cancel(node.path("jobId"));
      case "auth.refresh" -> refresh(node.path("ticket"), node.path("token"));
      default -> new ClientMessage.Other();
    };
  }

  private static ClientMessage cancel(JsonNode jobId) {
    return jobId.isTextual()
        ? new ClientMessage.Cancel(jobId.textValue())
        : new ClientMessage.Malformed();
  }

  private static ClientMessage refresh(JsonNode ticket, JsonNode token) {
    return ticket.isTextual() || token.isTextual()
        ? new ClientMessage.Refresh(ticket.textValue(), token.textValue())
        : new ClientMessage.Malformed();
  }

  private static ClientMessage resume(JsonNode jobs) {
    if (!jobs.isArray() || jobs.size() > MAX_JOBS) {
      return new ClientMessage.Malformed();
    }
    var all = new ArrayList<ClientMessage.Shown>(jobs.size());
    for (var job : jobs) {
      var shown = shown(job);
      if (shown == null) {
        return new ClientMessage.Malformed();
      }
      all.add(shown);
    }
    return new ClientMessage.Resume(all);
  }

  private static ClientMessage.@Nullable Shown shown(JsonNode job) {
    var jobId = job.path("jobId");
    var attempt = job.path("attempt");
    var length = job.path("length");
    return jobId.isTextual() && isCount(attempt) && isCount(length)
        ? new ClientMessage.Shown(jobId.textValue(), attempt.asInt(0), length.asInt(0))
        : null;
  }

  /// An absent count is zero.
  private static boolean isCount(JsonNode node) {
    return node.isMissingNode()
        || node.isNull()
        || (node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 0);
  }
}
