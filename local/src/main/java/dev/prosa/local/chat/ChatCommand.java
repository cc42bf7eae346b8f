package dev.prosa.local.chat;

/// What a typed line asks for.
sealed interface ChatCommand {

  /// What `--help` says about them.
  String HELP =
      """
        /new      begin a new conversation
        /list     show your conversations, newest first
        /open N   show number N of that list and go on with it
        /quit     leave; so does the end of the input

      Any other line is sent as it is, also one that begins with `/`: the offline model knows
      commands of its own, and /help lists them.
      """;

  /// Begin a new conversation.
  record Begin() implements ChatCommand {}

  /// List the conversations.
  record ListAll() implements ChatCommand {}

  /// Go on with a conversation of the list.
  ///
  /// @param number as listed, from 1; 0 when none was given
  record Open(int number) implements ChatCommand {}

  /// Leave.
  record Quit() implements ChatCommand {}

  /// Send the line.
  record Say(String text) implements ChatCommand {}

  /// Do nothing.
  record Nothing() implements ChatCommand {}

  static ChatCommand of(String line) {
    var words = line.strip().split("\\s+", -1);
    return words.length == 2 && words[0].equals("/open")
        ? new Open(number(words[1]))
        : ofWord(line);
  }

  private static ChatCommand ofWord(String line) {
    return switch (line.strip()) {
      case "" -> new Nothing();
      case "/new" -> new Begin();
      case "/list" -> new ListAll();
      case "/open" -> new Open(0);
      case "/quit" -> new Quit();
      default -> new Say(line);
    };
  }

  private static int number(String word) {
    return word.matches("\\d{1,4}") ? Integer.parseInt(word) : 0;
  }
}
