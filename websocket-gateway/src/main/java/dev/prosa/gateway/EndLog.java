package dev.prosa.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.prosa.core.log.LogKey;
import dev.prosa.core.log.LogScope;
import dev.prosa.core.turn.JobId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log that the end of a job went to WebSockets. Frames that are no end cost it a look at
/// their first characters.
final class EndLog {

  private static final Logger LOG = LoggerFactory.getLogger(EndLog.class);

  /// How frames of these types begin; `type` is written first.
  private static final List<String> ENDS =
      List.of(
          "{\"type\":\"reply.completed\"",
          "{\"type\":\"job.failed\"",
          "{\"type\":\"job.cancelled\"");

  /// What is written before anything that may be long.
  private static final List<String> HEAD =
      List.of("type", "jobId", "conversationId", "attempt", "traceId");

  private static final JsonFactory JSON = new JsonFactory();

  private EndLog() {}

  /// @param frame what was handed to the WebSockets
  /// @param connections how many of them there were; nothing is said about none
  static void handedOver(String frame, int connections) {
    if (connections > 0 && isEnd(frame) && LOG.isInfoEnabled()) {
      tell(head(frame), connections);
    }
  }

  /// Asked for every frame, so it allocates nothing.
  private static boolean isEnd(String frame) {
    for (var end : ENDS) {
      if (frame.startsWith(end)) {
        return true;
      }
    }
    return false;
  }

  private static void tell(Map<String, String> head, int connections) {
    var job = JobId.parse(head.getOrDefault("jobId", ""));
    if (job == null) {
      return;
    }
    var attempt = Integer.parseInt(head.getOrDefault("attempt", "0"));
    try (var _ = LogScope.of(job, attempt, head.get("traceId"))) {
      LOG.atInfo()
          .addKeyValue(LogKey.EVENT.key(), head.get("type"))
          .addKeyValue(LogKey.CONNECTIONS.key(), connections)
          .log("{} of {} was handed to WebSockets: {}", head.get("type"), job, connections);
    }
  }

  /// The first fields of a frame, read no further than they go.
  private static Map<String, String> head(String frame) {
    var head = new HashMap<String, String>();
    try (JsonParser json = JSON.createParser(frame)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME && HEAD.contains(json.currentName())) {
        head.put(json.currentName(), json.nextToken().isScalarValue() ? json.getText() : "");
      }
    } catch (IOException notOurs) {
      LOG.debug("a frame is not what a worker writes");
    }
    return head;
  }
}
