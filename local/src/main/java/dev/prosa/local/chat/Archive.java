package dev.prosa.local.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prosa.core.turn.JobId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The conversations there are, numbered as they were last listed.
final class Archive {

  private static final int LISTED = 20;
  private static final int MESSAGES = 10;

  private final HttpApi api;
  private final Screen screen;
  private List<String> numbered = List.of();

  Archive(HttpApi api, Screen screen) {
    this.api = api;
    this.screen = screen;
  }

  /// A conversation that was opened.
  ///
  /// @param id its id
  /// @param open the job whose reply is still to come; null when there is none
  record Opened(String id, @Nullable JobId open) {}

  /// Shows the newest conversations.
  void list() throws InterruptedException {
    var conversations = fetch();
    for (var number = 1; number <= conversations.size(); number++) {
      var conversation = conversations.get(number - 1);
      var title = Frames.text(conversation, "title").replaceAll("\\s+", " ");
      var turns = conversation.path("lastTurn").asInt();
      screen.line("%3d  %s (%d %s)".formatted(number, title, turns, turns == 1 ? "turn" : "turns"));
    }
  }

  /// Numbers the conversations anew; the screen says why there are none.
  private List<JsonNode> fetch() throws InterruptedException {
    var conversations = new ArrayList<JsonNode>();
    switch (api.conversations(LISTED)) {
      case Answer.Served(JsonNode body) -> {
        body.path("conversations").forEach(conversations::add);
        if (conversations.isEmpty()) {
          screen.note("There are no conversations yet.");
        }
      }
      case Answer refused -> screen.note(refused.problem());
    }
    numbered = conversations.stream().map(c -> Frames.text(c, "id")).toList();
    return conversations;
  }

  /// Shows the last messages of a conversation.
  ///
  /// @param number as listed, from 1
  /// @return null when there is no such conversation, or the server does not tell; the screen says
  ///   so
  @Nullable Opened open(int number) throws InterruptedException {
    if (numbered.isEmpty() && fetch().isEmpty()) {
      return null;
    }
    if (number < 1 || number > numbered.size()) {
      screen.note("Say /open and a number that /list shows.");
      return null;
    }
    var id = numbered.get(number - 1);
    return switch (api.messages(id, MESSAGES)) {
      case Answer.Served(JsonNode body) -> new Opened(id, read(body.path("messages")));
      case Answer refused -> {
        screen.note(refused.problem());
        yield null;
      }
    };
  }

  private @Nullable JobId read(JsonNode messages) {
    JobId open = null;
    for (var message : messages) {
      var content = Frames.text(message, "content");
      if (Frames.text(message, "role").equals("user")) {
        screen.line("> " + content);
      } else if (isOpen(message)) {
        open = JobId.parse(Frames.text(message, "jobId"));
      } else {
        screen.line(content.isEmpty() ? remark(message) : content);
      }
    }
    return open;
  }

  private static boolean isOpen(JsonNode message) {
    var state = Frames.text(message, "state");
    return state.equals("ACCEPTED") || state.equals("RUNNING");
  }

  private static String remark(JsonNode message) {
    return message.has("error")
        ? "[failed] " + Frames.text(message.path("error"), "message")
        : "[stopped]";
  }
}
