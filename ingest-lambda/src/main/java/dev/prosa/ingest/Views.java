package dev.prosa.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.prosa.core.provider.ProviderStatus;
import dev.prosa.core.turn.Conversation;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.Reply;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.Usage;
import dev.prosa.core.usage.CallTotals;
import dev.prosa.core.usage.ModelCall;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What clients see, field by field. Times are ISO 8601 in UTC; what is null is left out.
final class Views {

  private Views() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AcceptedView(
      String jobId,
      String conversationId,
      String status,
      @Nullable String retryAt,
      String delivery,
      String createdAt,
      @Nullable String traceId) {}

  record ShortAcceptedView(String jobId, String conversationId, String timestamp) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AskView(String answer, String jobId, String conversationId, @Nullable String model) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ChatView(
      String id,
      @JsonProperty("user_id") String userId,
      String prompt,
      String response,
      @Nullable String model,
      String timestamp) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LogsView(List<ChatView> logs, @Nullable String nextCursor) {}

  record RemainingView(boolean remaining) {}

  record TicketView(String ticket, String url, String expiresAt) {}

  record HealthView(
      String status,
      String store,
      String delivery,
      IngestSettings.Model model,
      int workers,
      List<ProviderView> providers) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ProviderView(String provider, String model, String state, @Nullable String retryAt) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ErrorView(String code, String message, boolean retryable) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ReplyView(
      String content,
      int length,
      @Nullable String finishReason,
      @Nullable String model,
      @Nullable String provider,
      @Nullable Usage usage,
      @Nullable String promptVersion) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record JobView(
      String jobId,
      String conversationId,
      String state,
      int attempt,
      String createdAt,
      String deadline,
      @Nullable String traceId,
      @Nullable ReplyView reply,
      @Nullable ErrorView error,
      @Nullable List<CallViews.CallView> calls,
      CallViews.@Nullable TotalView total) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MessageView(
      String id,
      String jobId,
      String role,
      String content,
      String createdAt,
      @Nullable String state,
      @Nullable Integer attempt,
      @Nullable String finishReason,
      @Nullable String model,
      @Nullable String provider,
      @Nullable Usage usage,
      @Nullable String promptVersion,
      @Nullable ErrorView error) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MessagesView(List<MessageView> messages, @Nullable String nextCursor) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ConversationView(
      String id,
      String title,
      int lastTurn,
      String createdAt,
      String updatedAt,
      CallViews.@Nullable TotalView total) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ConversationsView(List<ConversationView> conversations, @Nullable String nextCursor) {}

  static AcceptedView accepted(Acceptance.Accepted accepted) {
    var turn = accepted.turn();
    return new AcceptedView(
        turn.job().value(),
        turn.job().conversation().value(),
        accepted.retryAt() == null ? "accepted" : "waiting",
        accepted.retryAt() == null ? null : accepted.retryAt().toString(),
        accepted.push() ? "push" : "poll",
        turn.clock().createdAt().toString(),
        turn.traceId());
  }

  static ShortAcceptedView shortly(Turn turn) {
    return new ShortAcceptedView(
        turn.job().value(), turn.job().conversation().value(), turn.clock().createdAt().toString());
  }

  static AskView ask(Answered answered) {
    var job = answered.turn().job();
    return new AskView(answered.text(), job.value(), job.conversation().value(), answered.model());
  }

  static ChatView chat(Answered answered) {
    var turn = answered.turn();
    return new ChatView(
        turn.job().value(),
        turn.owner().value(),
        turn.prompt(),
        answered.text(),
        answered.model(),
        turn.clock().createdAt().toString());
  }

  /// Questions without an answer are left out.
  ///
  /// @param nextCursor null when this was the last page
  static LogsView logs(List<Turn> turns, @Nullable String nextCursor) {
    return new LogsView(
        turns.stream()
            .flatMap(turn -> Stream.ofNullable(Answered.of(turn)))
            .filter(answered -> !answered.text().isEmpty())
            .map(Views::chat)
            .toList(),
        nextCursor);
  }

  static ProviderView provider(ProviderStatus status) {
    return new ProviderView(
        status.provider(),
        status.model(),
        status.state().word(),
        status.retryAt() == null ? null : status.retryAt().toString());
  }

  /// @param calls what was asked of models for it; null leaves them out
  static JobView job(Turn turn, @Nullable List<ModelCall> calls) {
    return new JobView(
        turn.job().value(),
        turn.job().conversation().value(),
        turn.state().name(),
        turn.attempt(),
        turn.clock().createdAt().toString(),
        turn.clock().deadline().toString(),
        turn.traceId(),
        reply(turn.state()),
        error(turn.state()),
        calls == null ? null : CallViews.calls(turn, calls),
        calls == null ? null : CallViews.total(CallTotals.of(calls)));
  }

  /// What there is to read; null while the turn is open, and when it failed.
  static @Nullable ReplyView reply(TurnState state) {
    return switch (state) {
      case TurnState.Completed(Reply r) ->
          new ReplyView(
              r.content(),
              r.content().length(),
              r.finishReason(),
              r.model(),
              r.provider(),
              r.usage(),
              r.promptVersion());
      case TurnState.Cancelled(String content) ->
          new ReplyView(content, content.length(), null, null, null, null, null);
      case TurnState.Accepted _, TurnState.Running _, TurnState.Failed _ -> null;
    };
  }

  /// Why there is no reply; null unless the turn failed.
  static @Nullable ErrorView error(TurnState state) {
    return state instanceof TurnState.Failed(FailureCode code, String _)
        ? new ErrorView(code.code(), code.message(), code.retryable())
        : null;
  }

  /// The question and the answer of a turn; the answer of an open one is empty.
  static Stream<MessageView> messages(Turn turn) {
    var reply = reply(turn.state());
    var job = turn.job().value();
    var createdAt = turn.clock().createdAt().toString();
    var question =
        new MessageView(
            job + "_q",
            job,
            "user",
            turn.prompt(),
            createdAt,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    var answer =
        new MessageView(
            job + "_a",
            job,
            "assistant",
            reply == null ? "" : reply.content(),
            createdAt,
            turn.state().name(),
            turn.attempt(),
            reply == null ? null : reply.finishReason(),
            reply == null ? null : reply.model(),
            reply == null ? null : reply.provider(),
            reply == null ? null : reply.usage(),
            reply == null ? null : reply.promptVersion(),
            error(turn.state()));
    return Stream.of(question, answer);
  }

  /// @param totals what it cost; null leaves that out
  static ConversationView conversation(Conversation c, @Nullable CallTotals totals) {
    return new ConversationView(
        c.id().value(),
        c.title(),
        c.lastTurn(),
        c.createdAt().toString(),
        c.updatedAt().toString(),
        totals == null ? null : CallViews.total(totals));
  }
}
