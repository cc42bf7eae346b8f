package dev.prosa.local;

import dev.prosa.core.runtime.Lifecycle;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The whole chat with a browser in front of it.
///
/// @param data what the chat keeps
/// @param user whom a page without a token belongs to
record ChatPageStage(
    Path data, RunningChat chat, Stranger user, ChatPage page, ChatPageLook look, Lifecycle parts)
    implements AutoCloseable {

  /// @param folder an empty one
  /// @param more settings of the chat; users may always have any number of jobs
  static ChatPageStage start(Path folder, Map<String, String> more) {
    var parts = Lifecycle.create();
    try {
      return start(folder, more, parts);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static ChatPageStage start(Path folder, Map<String, String> more, Lifecycle parts) {
    var driver = Browser.start(folder.resolve("profile"));
    parts.own("browser", driver::quit);
    var settings = new HashMap<>(more);
    settings.put("PROSA_USER_JOBS_IN_FLIGHT", "0");
    settings.put("PROSA_USER_REQUESTS_PER_MINUTE", "0");
    var data = folder.resolve("data");
    var chat = parts.own("chat", Chats.start(data, settings));
    var look = new ChatPageLook(driver);
    look.desktop();
    return new ChatPageStage(
        data, chat, Stranger.of("local", chat), new ChatPage(driver), look, parts);
  }

  /// The page with a new chat.
  void open() {
    page.open(chat.page().toString());
  }

  /// The page with a conversation, loaded anew.
  void open(String conversation) {
    page.driver().get("about:blank");
    page.open(chat.page() + "#/c/" + conversation);
  }

  /// Has a conversation with one answered question.
  ///
  /// @return its id
  String conversation(String question) {
    var accepted = user.say(question);
    user.awaitEnd(accepted);
    return accepted.path("conversationId").asText();
  }

  @Override
  public void close() {
    parts.close();
  }
}
