package dev.prosa.core.reply;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a browser learns about one job, in the words of the protocol `prosa.v1`.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ReplyEvent.JobWaiting.class, name = "job.waiting"),
  @JsonSubTypes.Type(value = ReplyEvent.ReplyStarted.class, name = "reply.started"),
  @JsonSubTypes.Type(value = ReplyEvent.ReplyDelta.class, name = "reply.delta"),
  @JsonSubTypes.Type(value = ReplyEvent.ReplyCompleted.class, name = "reply.completed"),
  @JsonSubTypes.Type(value = ReplyEvent.JobFailed.class, name = "job.failed"),
  @JsonSubTypes.Type(value = ReplyEvent.JobCancelled.class, name = "job.cancelled"),
})
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"type", "jobId", "conversationId", "attempt", "traceId"})
public sealed interface ReplyEvent {

  /// The job it is about.
  JobId jobId();

  /// The number of the attempt that the job had come to; 0 before the first. It never falls, and
  /// rises with every redrive, so what an older worker says late can be told from news.
  int attempt();

  /// The conversation it is about, as clients see it.
  @JsonProperty
  default String conversationId() {
    return jobId().conversation().value();
  }

  /// The event as one line of JSON.
  default String toJson() {
    try {
      return Json.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The event that tells how a turn ended.
  ///
  /// @throws IllegalArgumentException when the turn is open
  static ReplyEvent ofFinal(Turn turn) {
    return switch (turn.state()) {
      case TurnState.Completed(Reply reply) ->
          new ReplyCompleted(
              turn.job(),
              turn.attempt(),
              reply.content(),
              reply.content().length(),
              reply.finishReason(),
              reply.model(),
              reply.provider(),
              reply.usage(),
              turn.traceId());
      case TurnState.Failed(FailureCode code, String _) ->
          new JobFailed(
              turn.job(),
              turn.attempt(),
              code.code(),
              code.message(),
              code.retryable(),
              turn.traceId());
      case TurnState.Cancelled(String content) ->
          new JobCancelled(turn.job(), turn.attempt(), content, turn.traceId());
      case TurnState.Accepted _, TurnState.Running _ ->
          throw new IllegalArgumentException(turn.job() + " is open");
    };
  }

  /// The job waits, and says for what.
  ///
  /// @param attempt the attempt that ended or, after a redrive, the number that the redrive took
  /// @param reason a stable word: `backoff`, `providers_down`, `redriven`
  /// @param retryAt when it is tried again, in ISO 8601; null for as soon as a worker is free
  /// @param message one sentence for the user
  /// @param traceId the id of the turn's trace; null when it has none
  record JobWaiting(
      JobId jobId,
      int attempt,
      String reason,
      @Nullable String retryAt,
      String message,
      @Nullable String traceId)
      implements ReplyEvent {

    /// The same without a trace.
    public JobWaiting(
        JobId jobId, int attempt, String reason, @Nullable String retryAt, String message) {
      this(jobId, attempt, reason, retryAt, message, null);
    }

    /// No provider takes calls now.
    ///
    /// @param turn the attempt it has come to found that out; 0 when none had begun
    /// @param retryAt when they are asked again
    public static JobWaiting providersDown(Turn turn, Instant retryAt) {
      return new JobWaiting(
          turn.job(),
          turn.attempt(),
          "providers_down",
          retryAt.toString(),
          "The model is not available right now. Your message is kept and will be answered as soon"
              + " as it is back.",
          turn.traceId());
    }

    /// A failed job was opened again by an operator.
    ///
    /// @param turn as it stands after that
    public static JobWaiting redriven(Turn turn) {
      return new JobWaiting(
          turn.job(),
          turn.attempt(),
          "redriven",
          null,
          "The answer will be tried again.",
          turn.traceId());
    }
  }

  /// An attempt began; text of earlier attempts is void.
  ///
  /// @param attempt the number of the attempt, from 1
  /// @param model the model that is asked
  /// @param prompt the user's message, so that other tabs can show it
  /// @param traceId the id of the turn's trace; null when it has none
  record ReplyStarted(
      JobId jobId, int attempt, String model, String prompt, @Nullable String traceId)
      implements ReplyEvent {

    /// The same without a trace.
    public ReplyStarted(JobId jobId, int attempt, String model, String prompt) {
      this(jobId, attempt, model, prompt, null);
    }

    /// The attempt that a turn has come to.
    ///
    /// @param model the model that is asked; empty when it is not known
    public static ReplyStarted of(Turn turn, String model) {
      return new ReplyStarted(turn.job(), turn.attempt(), model, turn.prompt(), turn.traceId());
    }
  }

  /// Text to append.
  ///
  /// @param attempt the number of the attempt, from 1
  /// @param offset where the text belongs, in UTF-16 units from the start of the reply
  /// @param text not empty; never ends inside a surrogate pair
  record ReplyDelta(JobId jobId, int attempt, int offset, String text) implements ReplyEvent {

    /// Where the next delta of this attempt begins.
    @JsonIgnore
    public int end() {
      return offset + text.length();
    }
  }

  /// The whole reply, as it is stored.
  ///
  /// @param attempt the number of the attempt that won
  /// @param length the length of the content in UTF-16 units
  /// @param usage null when the provider did not say
  /// @param traceId the id of the turn's trace; null when it has none
  record ReplyCompleted(
      JobId jobId,
      int attempt,
      String content,
      int length,
      String finishReason,
      String model,
      String provider,
      @Nullable Usage usage,
      @Nullable String traceId)
      implements ReplyEvent {

    /// The same without a trace.
    public ReplyCompleted(
        JobId jobId,
        int attempt,
        String content,
        int length,
        String finishReason,
        String model,
        String provider,
        @Nullable Usage usage) {
      this(jobId, attempt, content, length, finishReason, model, provider, usage, null);
    }
  }

  /// The job was given up.
  ///
  /// @param attempt the number of the attempt that failed last; 0 when there was none
  /// @param code a `FailureCode`
  /// @param message one sentence for the user
  /// @param retryable whether sending the message again may succeed
  /// @param traceId the id of the turn's trace; null when it has none
  record JobFailed(
      JobId jobId,
      int attempt,
      String code,
      String message,
      boolean retryable,
      @Nullable String traceId)
      implements ReplyEvent {

    /// The same without a trace.
    public JobFailed(JobId jobId, int attempt, String code, String message, boolean retryable) {
      this(jobId, attempt, code, message, retryable, null);
    }
  }

  /// The job was stopped by its owner.
  ///
  /// @param attempt the number of the attempt that was stopped; 0 when none had begun
  /// @param content what had been written by then; may be empty
  /// @param traceId the id of the turn's trace; null when it has none
  record JobCancelled(JobId jobId, int attempt, String content, @Nullable String traceId)
      implements ReplyEvent {

    /// The same without a trace.
    public JobCancelled(JobId jobId, int attempt, String content) {
      this(jobId, attempt, content, null);
    }
  }

  /// Holds the mapper, which an interface cannot hide otherwise.
  final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}
  }
}
