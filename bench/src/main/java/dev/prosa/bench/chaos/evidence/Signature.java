package dev.prosa.bench.chaos.evidence;

import java.util.regex.Pattern;

/// Marks every word of a reply with the question, the call of the model and its place, so that a
/// text shows by itself whether it is the beginning, or the whole, of one call's reply.
///
/// @param question the number of the question, unique in a run
/// @param call how often this question had been asked before, plus 1
/// @param words how many words the whole reply has; at least 1
public record Signature(int question, int call, int words) {

  private static final Pattern PROMPT = Pattern.compile("Question (\\d+)\\b.*");

  /// Every so many words there is one outside the Basic Multilingual Plane: two UTF-16 units that
  /// nobody may split.
  private static final int EMOJI_EVERY = 6;

  /// The question as it is put to Prosa.
  public static String prompt(int question) {
    return "Question " + question + ", please";
  }

  /// The number of the question that a prompt asks; 0 when it is none of ours.
  public static int question(String prompt) {
    var matcher = PROMPT.matcher(prompt);
    return matcher.matches() ? Integer.parseInt(prompt, 9, matcher.end(1), 10) : 0;
  }

  /// One word of the reply.
  ///
  /// @param place from 0
  public String word(int place) {
    var mark = "q" + question + "." + call + "." + place;
    return mark + (place % EMOJI_EVERY == EMOJI_EVERY - 1 ? "\uD83D\uDE80 " : " ");
  }

  /// The whole reply.
  public String text() {
    var text = new StringBuilder();
    for (var place = 0; place < words; place++) {
      text.append(word(place));
    }
    return text.toString();
  }
}
