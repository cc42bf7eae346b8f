package dev.prosa.ingest;

import dev.prosa.core.connection.ConnectionId;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.ingest.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message as a client asks to send it.
///
/// @param content the text; not blank, at most [#MAX_CONTENT_BYTES] of UTF-8
/// @param conversation where to append it; null begins a new conversation
/// @param connection the WebSocket of the tab that sends it; null when it has none
/// @param model what shall answer; null leaves it to the worker
/// @param promptName the name of what the model shall be told before; null leaves it to the worker
record MessageRequest(
    String content,
    @Nullable ConversationId conversation,
    @Nullable ConnectionId connection,
    @Nullable String model,
    @Nullable String promptName) {

  /// With a reply of the largest size it still fits one item of the table.
  static final int MAX_CONTENT_BYTES = 32 * 1024;

  private static final String PROMPT = "prompt";

  /// @param field what the text is called
  /// @param settings say what a message may ask for
  static MessageRequest of(Body body, String field, IngestSettings settings) {
    return new MessageRequest(
        content(body, field),
        conversation(body),
        connection(body),
        model(body, settings.models()),
        promptName(body, field, settings.prompts()));
  }

  /// A message that begins a conversation, whatever else the body names.
  static MessageRequest beginning(Body body, String field, IngestSettings settings) {
    return new MessageRequest(
        content(body, field),
        null,
        null,
        model(body, settings.models()),
        promptName(body, field, settings.prompts()));
  }

  private static String content(Body body, String field) {
    var content = body.textOrNull(field);
    if (content == null) {
      throw Request.refuse(ProblemCode.MISSING_FIELD, field + " is missing.", field);
    }
    if (content.isBlank()) {
      throw Request.refuse(ProblemCode.INVALID_FIELD, field + " must not be blank.", field);
    }
    if (!isPlainText(content)) {
      throw Request.refuse(
          ProblemCode.INVALID_FIELD,
          field
              + " must not have control characters other than tab and line breaks, nor halves of"
              + " surrogate pairs.",
          field);
    }
    if (content.getBytes(StandardCharsets.UTF_8).length > MAX_CONTENT_BYTES) {
      throw Request.refuse(
          ProblemCode.CONTENT_TOO_LARGE,
          field + " has at most " + MAX_CONTENT_BYTES + " bytes of UTF-8.",
          field);
    }
    return content;
  }

  private static boolean isPlainText(String content) {
    return content
        .codePoints()
        .allMatch(c ->
            c == '\t'
                || c == '\n'
                || c == '\r'
                || (!Character.isISOControl(c)
                    && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)));
  }

  /// A malformed id is as unknown as one that nobody has.
  private static @Nullable ConversationId conversation(Body body) {
    var text = body.textOrNull("conversationId");
    var id = text == null ? null : ConversationId.parse(text);
    if (text != null && id == null) {
      throw unknownConversation();
    }
    return id;
  }

  static RuntimeException unknownConversation() {
    return Request.refuse(
        ProblemCode.NOT_FOUND, "There is no such conversation.", "conversationId");
  }

  private static @Nullable ConnectionId connection(Body body) {
    var text = body.textOrNull("connectionId");
    var id = text == null ? null : ConnectionId.parse(text);
    if (text != null && id == null) {
      throw unknownConnection();
    }
    return id;
  }

  private static @Nullable String model(Body body, List<String> models) {
    var model = body.textOrNull("model");
    if (model != null && !models.contains(model)) {
      throw Request.refuse(
          ProblemCode.INVALID_FIELD,
          "model is one of " + String.join(", ", models) + ", or left out.",
          "model");
    }
    return model;
  }

  /// Where the text itself is called so, nobody can name one.
  private static @Nullable String promptName(Body body, String field, List<String> prompts) {
    var name = field.equals(PROMPT) ? null : body.textOrNull(PROMPT);
    if (name != null && !prompts.contains(name)) {
      throw Request.refuse(
          ProblemCode.INVALID_FIELD,
          prompts.isEmpty()
              ? "There are no system prompts here; leave prompt out."
              : "prompt is one of " + String.join(", ", prompts) + ", or left out.",
          PROMPT);
    }
    return name;
  }

  static RuntimeException unknownConnection() {
    return Request.refuse(ProblemCode.NOT_FOUND, "There is no such connection.", "connectionId");
  }
}
