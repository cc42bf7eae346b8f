package dev.prosa.worker.offline;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the last user message asks the offline model to do, by a leading command.
sealed interface Command {

  /// What `/help` answers.
  String HELP =
      """
      I am an offline demo model. Start a message with one of these to see how Prosa copes:

      | command | what I do |
      |---|---|
      | `/slow` | answer with 200 ms between words |
      | `/long` | answer with about 400 words |
      | `/fail` | answer with HTTP 500, always |
      | `/fail N` | answer with HTTP 500 the first N times, then normally |
      | `/429` | answer with HTTP 429 and `Retry-After: 2` once, then normally |
      | `/stall` | start, then send nothing for 60 s |
      | `/cut` | cut the connection after some words once, then answer normally |
      | `/cut always` | cut the connection every time |
      | `/garbage` | answer with HTTP 200 and an HTML page |
      | `/echo text` | answer with exactly that text |
      | `/help` | show this list |
      """;

  /// A scripted answer at the normal pace.
  record Answer() implements Command {}

  /// A scripted answer, word by word with long waits.
  record Slow() implements Command {}

  /// A scripted answer of about 400 words.
  record Lengthy() implements Command {}

  /// HTTP 500 for the first `times` calls.
  record Fail(int times) implements Command {}

  /// HTTP 429 for the first call.
  record RateLimit() implements Command {}

  /// Some words, then silence.
  record Stall() implements Command {}

  /// Some words, then the connection ends in the middle of the body, for the first `times` calls.
  record Cut(int times) implements Command {}

  /// An HTML page where a completion should be.
  record Garbage() implements Command {}

  /// The given text, unchanged.
  record Echo(String text) implements Command {}

  /// The list of commands.
  record Help() implements Command {}

  /// `/word`, then optionally white space and the rest.
  Pattern SYNTAX = Pattern.compile("/([a-z0-9]{1,10})(?:\\s(.*))?", Pattern.DOTALL);

  /// Reads the command at the very start of a message; without one it is an [Answer].
  static Command in(String message) {
    var matcher = SYNTAX.matcher(message);
    return matcher.matches() ? named(matcher) : new Answer();
  }

  private static Command named(Matcher matcher) {
    var rest = matcher.group(2) == null ? "" : matcher.group(2);
    return switch (Objects.requireNonNull(matcher.group(1))) {
      case "slow" -> new Slow();
      case "long" -> new Lengthy();
      case "fail" -> new Fail(times(rest));
      case "429" -> new RateLimit();
      case "stall" -> new Stall();
      case "cut" -> new Cut(rest.strip().equals("always") ? Integer.MAX_VALUE : 1);
      case "garbage" -> new Garbage();
      case "echo" -> new Echo(rest);
      case "help" -> new Help();
      default -> new Answer();
    };
  }

  private static int times(String rest) {
    return rest.strip().matches("[0-9]{1,6}") ? Integer.parseInt(rest.strip()) : Integer.MAX_VALUE;
  }
}
