package dev.prosa.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.prosa.core.turn.Conversation;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.usage.ModelCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an export has: everything that is stored.
final class ExportViews {

  /// Changes when something in it is renamed or goes.
  static final String FORMAT = "prosa.export.v1";

  private ExportViews() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TurnExport(
      String jobId,
      String prompt,
      String state,
      int attempts,
      String createdAt,
      String deadline,
      @Nullable Boolean cancelRequested,
      @Nullable String traceparent,
      @Nullable String askedModel,
      @Nullable String askedPrompt,
      Views.@Nullable ReplyView reply,
      Views.@Nullable ErrorView error,
      List<CallViews.CallView> calls) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ConversationExport(
      String format,
      Views.ConversationView conversation,
      List<TurnExport> turns,
      @Nullable String nextCursor) {}

  record PartExport(Views.ConversationView conversation, List<TurnExport> turns) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record UserExport(
      String format,
      @JsonProperty("user_id") String userId,
      List<PartExport> conversations,
      @Nullable String nextCursor) {}

  static TurnExport turn(Turn turn, List<ModelCall> calls) {
    return new TurnExport(
        turn.job().value(),
        turn.prompt(),
        turn.state().name(),
        turn.attempt(),
        turn.clock().createdAt().toString(),
        turn.clock().deadline().toString(),
        turn.cancelRequested() ? true : null,
        turn.traceparent(),
        turn.model(),
        turn.promptName(),
        Views.reply(turn.state()),
        Views.error(turn.state()),
        CallViews.calls(turn, calls));
  }

  static PartExport part(Conversation conversation, List<TurnExport> turns) {
    return new PartExport(Views.conversation(conversation, null), turns);
  }
}
