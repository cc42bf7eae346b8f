package dev.prosa.worker.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The part of a chat completion request that the offline model looks at.
///
/// @param stream whether the answer comes word by word
/// @param includeUsage whether a stream ends with a count of tokens
record ChatRequest(List<Message> messages, boolean stream, boolean includeUsage) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// One message; the text parts of its content are joined, other parts are left out.
  record Message(String role, String content) {

    boolean isFromUser() {
      return role.equals("user");
    }

    boolean isInstruction() {
      return role.equals("system") || role.equals("developer");
    }

    boolean isSpoken() {
      return isFromUser() || role.equals("assistant");
    }
  }

  /// The body is not a chat completion request.
  static final class InvalidException extends RuntimeException {

    private final String problem;

    InvalidException(String problem) {
      super(problem);
      this.problem = problem;
    }

    String problem() {
      return problem;
    }
  }

  ChatRequest {
    messages = List.copyOf(messages);
  }

  /// @throws InvalidException when it is not JSON or has no message of a user
  static ChatRequest parse(byte[] body) {
    var root = tree(body);
    if (!root.path("messages").isArray()) {
      throw new InvalidException("'messages' must be an array");
    }
    var messages = new ArrayList<Message>();
    root.path("messages").forEach(node -> messages.add(message(node)));
    if (messages.stream().noneMatch(Message::isFromUser)) {
      throw new InvalidException("'messages' must have one with the role 'user'");
    }
    return new ChatRequest(
        messages,
        root.path("stream").asBoolean(),
        root.path("stream_options").path("include_usage").asBoolean());
  }

  private static JsonNode tree(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new InvalidException("the body is not JSON");
    }
  }

  private static Message message(JsonNode node) {
    if (!node.path("role").isTextual()) {
      throw new InvalidException("each message must have a 'role'");
    }
    return new Message(node.path("role").textValue(), text(node.path("content")));
  }

  private static String text(JsonNode content) {
    return content.isArray()
        ? StreamSupport.stream(content.spliterator(), false)
            .map(part -> part.path("text").asText())
            .collect(Collectors.joining("\n"))
        : content.asText();
  }

  /// The last message of the user.
  String question() {
    return messages.reversed().stream()
        .filter(Message::isFromUser)
        .findFirst()
        .orElseThrow()
        .content();
  }

  /// Counted from 1: how many messages of the user there are.
  long turn() {
    return messages.stream().filter(Message::isFromUser).count();
  }

  /// How many messages of the user and the assistant there are before the question; instructions to
  /// the model do not count.
  int earlier() {
    return (int) messages.stream().filter(Message::isSpoken).count() - 1;
  }

  /// How many characters of instructions there are.
  int instructed() {
    return messages.stream()
        .filter(Message::isInstruction)
        .mapToInt(message -> message.content().length())
        .sum();
  }

  /// SHA-256 of all messages, in hex: equal for equal conversations.
  String fingerprint() {
    var sha256 = sha256();
    for (var message : messages) {
      sha256.update(message.role().getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) 0);
      sha256.update(message.content().getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) 0);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
