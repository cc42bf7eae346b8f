package dev.prosa.worker.offline;

import java.util.List;

/// The text of an answer: the same for the same messages, and honest about where it comes from.
final class ScriptedReply {

  private static final int QUOTE_CODE_POINTS = 80;
  private static final int LONG_WORDS = 400;

  private static final List<String> OPENINGS =
      List.of(
          "Thank you for trying Prosa.",
          "Your message went all the way through the queue and back.",
          "Here is an answer, word by word.",
          "Good to hear from you.",
          "This reply took the same way a real one would.");

  private static final List<String> CODE =
      List.of(
          """
          ```java
          var reply = turn.claim().stream().collect(joining());
          turn.finish(reply); // the first conditional write wins
          ```
          """,
          """
          ```python
          def backoff(attempt):
              return 2 ** attempt  # 2 s, 4 s, 8 s
          ```
          """,
          """
          ```sh
          export OPENAI_API_KEY=sk-...
          ./prosa up
          ```
          """,
          """
          ```json
          {"type": "reply.delta", "attempt": 1, "offset": 0, "text": "Hello"}
          ```
          """);

  private static final List<String> FACTS =
      List.of(
          "The message was stored before you saw that it was accepted.",
          "The queue only carries a poke; your text never travels through it.",
          "If the worker that writes this is killed, another one starts the reply again.",
          "Every piece of text says at which offset it belongs, so none can be lost unseen.",
          "A reply becomes final by one conditional write, and only the first one wins.");

  private final ChatRequest request;
  private final String fingerprint;

  private ScriptedReply(ChatRequest request) {
    this.request = request;
    this.fingerprint = request.fingerprint();
  }

  /// The usual answer: a list, a code block and a table in Markdown.
  static String to(ChatRequest request) {
    var reply = new ScriptedReply(request);
    return String.join(
        "\n\n", reply.opening(), reply.honesty(), reply.list(), reply.code(), reply.table());
  }

  /// The usual answer, followed by more until it has about 400 words.
  static String longTo(ChatRequest request) {
    var text = new StringBuilder(to(request)).append("\n\n### At length\n\n");
    var words = text.toString().split("\\s+", -1).length;
    for (var i = 1; words < LONG_WORDS; i++) {
      var sentence = "%d. %s".formatted(i, FACTS.get(i % FACTS.size()));
      text.append(sentence).append('\n');
      words += sentence.split(" ", -1).length;
    }
    return text.toString().stripTrailing();
  }

  private String opening() {
    return "%s This is turn %d of our conversation: %s You wrote:\n\n> %s"
        .formatted(choose(OPENINGS, 0), request.turn(), history(), quote(request.question()));
  }

  private String history() {
    var earlier = request.earlier();
    return switch (earlier) {
      case 0 -> "I was given no earlier messages.";
      case 1 -> "I was given 1 earlier message.";
      default -> "I was given %d earlier messages.".formatted(earlier);
    };
  }

  private String honesty() {
    return """
    **I am an offline demo model with no intelligence:** this text is scripted. Set \
    `OPENAI_API_KEY` (and, if you like, `OPENAI_BASE_URL` and `OPENAI_MODEL`) to talk to a \
    real one.\
    """;
  }

  private String list() {
    return "What happened to your message:\n\n- %s\n- %s\n- Send `/help` to see what I can break."
        .formatted(choose(FACTS, 1), choose(FACTS, 2));
  }

  private String code() {
    return choose(CODE, 3).stripTrailing();
  }

  private String table() {
    return """
    | what I was given | value |
    |---|---|
    | messages | %d |
    | characters of yours | %d |
    %s| fingerprint | `%s` |\
    """
        .formatted(
            request.messages().size(),
            request.question().length(),
            instructions(),
            fingerprint.substring(0, 8));
  }

  private String instructions() {
    return request.instructed() == 0
        ? ""
        : "| characters of the system prompt | %d |\n".formatted(request.instructed());
  }

  /// Two choices from the same list are different when their places are neighbours.
  private String choose(List<String> list, int place) {
    return list.get((Integer.parseInt(fingerprint, 0, 6, 16) + place) % list.size());
  }

  /// One line that is text wherever it is shown: a quoted message cannot bring its own Markdown.
  private static String quote(String question) {
    var line = question.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    var end = Math.min(QUOTE_CODE_POINTS, line.codePointCount(0, line.length()));
    var cut = line.substring(0, line.offsetByCodePoints(0, end));
    var shown = cut.length() < line.length() ? cut.strip() + "…" : cut;
    return shown.replaceAll("([\\\\`*_\\[\\]<>|#!~&])", "\\\\$1");
  }
}
