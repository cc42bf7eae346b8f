package dev.prosa.local.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.turn.JobId;
import org.jspecify.annotations.Nullable;

/// Reads and writes the JSON of the API and of the protocol `prosa.v1`. What it does not know is
/// ignored, and null means absent.
final class Frames {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Frames() {}

  /// The JSON in `text`; a missing node when it is none.
  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notOurs) {
      return MissingNode.getInstance();
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /// A field that is text; empty when it is absent or anything else.
  static String text(JsonNode node, String field) {
    var value = node.path(field);
    return value.isTextual() ? value.textValue() : "";
  }

  /// What a frame says about a reply; null when it is about something else.
  static @Nullable ReplyEvent event(JsonNode frame) {
    var job = JobId.parse(text(frame, "jobId"));
    if (job == null) {
      return null;
    }
    var attempt = frame.path("attempt").asInt();
    return switch (text(frame, "type")) {
      case "job.waiting" ->
          new ReplyEvent.JobWaiting(
              job,
              attempt,
              text(frame, "reason"),
              frame.hasNonNull("retryAt") ? text(frame, "retryAt") : null,
              text(frame, "message"));
      case "reply.started" -> started(job, attempt);
      case "reply.delta" ->
          new ReplyEvent.ReplyDelta(
              job, attempt, frame.path("offset").asInt(-1), text(frame, "text"));
      case "reply.completed" -> completed(job, attempt, text(frame, "content"));
      case "job.failed" -> failed(job, attempt, frame);
      case "job.cancelled" -> new ReplyEvent.JobCancelled(job, attempt, text(frame, "content"));
      default -> null;
    };
  }

  /// What the body of `GET /v1/jobs/{jobId}` says; null when it adds nothing.
  static @Nullable ReplyEvent eventOfJob(JobId job, JsonNode body) {
    var attempt = body.path("attempt").asInt();
    var content = text(body.path("reply"), "content");
    return switch (text(body, "state")) {
      case "RUNNING" -> started(job, attempt);
      case "COMPLETED" -> completed(job, attempt, content);
      case "CANCELLED" -> new ReplyEvent.JobCancelled(job, attempt, content);
      case "FAILED" -> failed(job, attempt, body.path("error"));
      default -> null;
    };
  }

  private static ReplyEvent started(JobId job, int attempt) {
    return new ReplyEvent.ReplyStarted(job, attempt, "", "");
  }

  private static ReplyEvent completed(JobId job, int attempt, String content) {
    return new ReplyEvent.ReplyCompleted(job, attempt, content, content.length(), "", "", "", null);
  }

  private static ReplyEvent failed(JobId job, int attempt, JsonNode error) {
    return new ReplyEvent.JobFailed(
        job,
        attempt,
        text(error, "code"),
        text(error, "message"),
        error.path("retryable").asBoolean());
  }

  /// Asks for what is missing of a reply.
  static String resume(JobId job, ReplyView view) {
    var frame = object().put("type", "resume");
    frame
        .putArray("jobs")
        .addObject()
        .put("jobId", job.value())
        .put("attempt", view.attempt())
        .put("length", view.text().length());
    return frame.toString();
  }
}
