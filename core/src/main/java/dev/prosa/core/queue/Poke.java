package dev.prosa.core.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.trace.TraceContext;
import dev.prosa.core.turn.JobId;
import org.jspecify.annotations.Nullable;

/// What travels through the queue: "look at the conversation of this job". Never user text.
///
/// @param job the job that asked for the poke
/// @param traceparent the W3C trace context of the request; null when it had none
public record Poke(JobId job, @Nullable String traceparent) {

  private static final int VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Body(int v, String conversationId, String jobId, @Nullable String traceparent) {}

  /// The id of its trace; null when it has none.
  public @Nullable String traceId() {
    return TraceContext.traceIdOf(traceparent);
  }

  /// The message body.
  public String toBody() {
    try {
      return JSON.writeValueAsString(
          new Body(VERSION, job.conversation().value(), job.value(), traceparent));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The poke that a message body spells; null when it spells none, or one of another version.
  public static @Nullable Poke parse(String body) {
    try {
      var tree = JSON.readTree(body);
      var job = tree.path("jobId").isTextual() ? JobId.parse(tree.path("jobId").asText()) : null;
      if (job == null || tree.path("v").asInt() != VERSION || !namesItsConversation(tree, job)) {
        return null;
      }
      var trace = tree.path("traceparent");
      return new Poke(job, trace.isTextual() ? trace.asText() : null);
    } catch (JsonProcessingException notJson) {
      return null;
    }
  }

  private static boolean namesItsConversation(JsonNode tree, JobId job) {
    return job.conversation().value().equals(tree.path("conversationId").asText());
  }
}
