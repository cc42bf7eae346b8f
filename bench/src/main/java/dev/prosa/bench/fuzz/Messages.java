package dev.prosa.bench.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/// What clients say, and what they say wrong.
final class Messages {

  private static final List<String> ODD =
      List.of(
          "",
          "null",
          "[]",
          "{}",
          "\"ping\"",
          "{\"type\":null}",
          "{\"type\":[\"ping\"]}",
          "{\"type\":\"ping\"",
          "{\"type\":\"ping\"}{\"type\":\"ping\"}",
          "{\"type\":\"ping\",\"type\":\"cancel\"}",
          "{\"type\":\"pi\\u0000ng\"}",
          "{\"type\":\"resume\",\"jobs\":{}}",
          "{\"type\":\"resume\",\"jobs\":[null,1,\"x\",[]]}",
          "{\"type\":\"resume\",\"jobs\":[{\"jobId\":1}]}",
          "{\"type\":\"cancel\",\"jobId\":{\"type\":\"cancel\"}}",
          "{\"type\":\"cancel\",\"jobId\":\"\\ud800\"}",
          "{\"type\":\"cancel\",\"jobId\":\"../../etc/passwd\"}",
          "{\"type\":\"cancel\",\"jobId\":\"*\"}",
          "{\"type\":\"auth.refresh\",\"token\":[]}",
          "{\"type\":\"connection.ready\",\"connectionId\":\"k_0\"}",
          "\ufeff{\"type\":\"ping\"}",
          "NaN",
          "1e999999999",
          "-".repeat(2000));

  private final List<String> jobs;
  private final RandomGenerator dice;

  /// @param jobs ids of jobs, those of other users as well
  Messages(List<String> jobs, RandomGenerator dice) {
    this.jobs = jobs;
    this.dice = dice;
  }

  /// A message of the protocol.
  String good() {
    return switch (dice.nextInt(6)) {
      case 0 -> "{\"type\":\"resume\",\"jobs\":[%s]}".formatted(shown(number(), number()));
      case 1 -> "{\"type\":\"cancel\",\"jobId\":\"%s\"}".formatted(job());
      case 2 -> "{\"type\":\"auth.refresh\",\"token\":\"dev-ann\"}";
      case 3 -> "{\"type\":\"something.new\",\"x\":%d}".formatted(dice.nextLong());
      default -> "{\"type\":\"ping\"}";
    };
  }

  /// Not quite a message of the protocol.
  String bad() {
    return switch (dice.nextInt(7)) {
      case 0 -> ODD.get(dice.nextInt(ODD.size()));
      case 1 -> "[".repeat(1 + dice.nextInt(9000));
      case 2 -> "{\"type\":\"resume\",\"jobs\":" + "[".repeat(1 + dice.nextInt(2000)) + "}";
      case 3 -> "{\"type\":\"%s\"}".formatted("x".repeat(dice.nextInt(20_000)));
      case 4 ->
          "{\"type\":\"resume\",\"jobs\":[%s]}"
              .formatted((shown(number(), number()) + ",").repeat(dice.nextInt(60)) + "1");
      case 5 -> "{\"type\":\"resume\",\"jobs\":[%s]}".formatted(shown(odd(), odd()));
      default -> misspelt(good());
    };
  }

  private String shown(String attempt, String length) {
    return "{\"jobId\":\"%s\",\"attempt\":%s,\"length\":%s}".formatted(job(), attempt, length);
  }

  private String job() {
    return jobs.get(dice.nextInt(jobs.size()));
  }

  private String number() {
    return Integer.toString(dice.nextInt(5));
  }

  private String odd() {
    var odd =
        List.of("-1", "2147483648", "9".repeat(900), "1e9", "0.5", "true", "\"1\"", "[]", "null");
    return odd.get(dice.nextInt(odd.size()));
  }

  private String misspelt(String text) {
    var changed = new StringBuilder(text);
    for (int i = 1 + dice.nextInt(4); i > 0 && !changed.isEmpty(); i--) {
      var at = dice.nextInt(changed.length());
      switch (dice.nextInt(3)) {
        case 0 -> changed.deleteCharAt(at);
        case 1 -> changed.insert(at, (char) dice.nextInt(0xd800));
        default -> changed.setCharAt(at, (char) dice.nextInt(128));
      }
    }
    return changed.toString();
  }
}
