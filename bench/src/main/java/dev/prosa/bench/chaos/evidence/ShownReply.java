package dev.prosa.bench.chaos.evidence;

import com.fasterxml.jackson.databind.JsonNode;

/// What a client shows of one job, by the rules of docs/protocol.md and by nothing else: it is
/// written anew here, so that a fault in a client of ours cannot hide itself.
///
/// @param attempt the attempt that `text` is of; 0 when nothing is known
/// @param text what is on the screen
/// @param end the state it ended in, in the word of the table; empty while it is open
public record ShownReply(int attempt, String text, String end) {

  /// A job that nothing was heard of.
  public static final ShownReply NONE = new ShownReply(0, "", "");

  /// What an event makes of a screen.
  ///
  /// @param gap whether text is missing before the delta that came
  public record Step(ShownReply reply, boolean gap) {}

  /// Whether more may come.
  public boolean isOpen() {
    return end.isEmpty();
  }

  /// Applies a frame of the protocol.
  public Step after(JsonNode frame) {
    var number = frame.path("attempt").asInt();
    if (isReopenedBy(number)) {
      return new ShownReply(attempt, "", "").after(frame);
    }
    if (!isOpen()) {
      return same();
    }
    return switch (frame.path("type").asText()) {
      case "reply.started", "job.waiting" -> new Step(inAttempt(number), false);
      case "reply.delta" ->
          delta(number, frame.path("offset").asInt(-1), frame.path("text").asText());
      case "reply.completed" ->
          new Step(new ShownReply(number, frame.path("content").asText(), "COMPLETED"), false);
      case "job.failed" -> new Step(failed(number), false);
      case "job.cancelled" ->
          new Step(new ShownReply(attempt, frame.path("content").asText(), "CANCELLED"), false);
      default -> same();
    };
  }

  /// Applies the answer of `GET /v1/jobs/{jobId}`.
  public ShownReply afterPoll(JsonNode body) {
    var state = body.path("state").asText();
    var content = body.path("reply").path("content").asText("");
    var number = body.path("attempt").asInt();
    if (isReopenedBy(number)) {
      return new ShownReply(attempt, "", "").afterPoll(body);
    }
    if (!isOpen()) {
      return this;
    }
    return switch (state) {
      case "COMPLETED" -> new ShownReply(number, content, state);
      case "CANCELLED" -> new ShownReply(attempt, content, state);
      case "FAILED" -> failed(number);
      case "RUNNING", "ACCEPTED" -> inAttempt(number);
      default -> this;
    };
  }

  /// A failed job that was redriven speaks with a higher attempt.
  private boolean isReopenedBy(int number) {
    return end.equals("FAILED") && number > attempt;
  }

  private ShownReply failed(int number) {
    return number < attempt ? this : new ShownReply(number, text, "FAILED");
  }

  private Step same() {
    return new Step(this, false);
  }

  private ShownReply inAttempt(int number) {
    return number > attempt ? new ShownReply(number, "", "") : this;
  }

  private Step delta(int number, int offset, String piece) {
    if (number < attempt || offset < 0) {
      return same();
    }
    var base = inAttempt(number);
    var shown = base.text.length();
    if (offset > shown) {
      return new Step(base, true);
    }
    return offset + piece.length() <= shown
        ? new Step(base, false)
        : new Step(new ShownReply(number, base.text + piece.substring(shown - offset), ""), false);
  }
}
