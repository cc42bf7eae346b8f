package dev.prosa.local.dlq;

import dev.prosa.core.turn.JobId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A command line that was understood.
///
/// @param command what to do
/// @param json whether a program reads the answer
/// @param aws whether AWS itself is meant
/// @param limit look at no more letters than this; 1 to [#MAX_LIMIT]
public record DlqRequest(DlqCommand command, boolean json, boolean aws, int limit) {

  /// How to use the command.
  public static final String USAGE =
      """
      usage: ./prosa dlq <command> [--json] [--limit n] [--aws]

        list                      every dead letter: its job, why it is there, where its turn stands
        show <id> [--prompt]      all that is known of one; the user's words only with --prompt
        redrive <id>              have the job tried again, with all its attempts
        redrive --all [--rate n]  the same for every letter, oldest first, n a second (default 10)
        discard <id>              remove the letter; the job stays failed
        help                      show this

      <id> is a job id or, for a message that names no job, its message id.

      --json     one JSON document on one line instead of a table
      --limit n  look at no more than n letters (default 1000)
      --aws      the queue and table on AWS, with the usual credentials

      The queue is that of PROSA_SQS_ENDPOINT and PROSA_DYNAMODB_ENDPOINT; else, with --aws, of AWS;
      else of the ./prosa up that runs on the data folder (PROSA_DATA).
      Redrives and discards are noted in audit.jsonl in the data folder (PROSA_AUDIT_FILE).
      Exit codes: 0 done, 1 nothing done or not all of it, 2 wrong usage or no queue.
      """;

  static final int MAX_LIMIT = 10_000;
  private static final int DEFAULT_LIMIT = 1_000;

  /// Slow enough that redriven jobs do not push new ones aside.
  static final double DEFAULT_RATE = 10;

  private static final double MAX_RATE = 1_000;
  private static final double MIN_RATE = 0.01;
  private static final Set<String> VALUED = Set.of("--limit", "--rate");
  private static final Set<String> EVERYWHERE = Set.of("--json", "--aws", "--limit");

  private static final Map<String, Set<String>> OPTIONS =
      Map.of(
          "list", Set.of(),
          "show", Set.of("--prompt"),
          "redrive", Set.of("--all", "--rate"),
          "discard", Set.of());

  /// What SQS gives is shorter than 100 characters (Amazon SQS API, `SendMessage`).
  private static final Pattern MESSAGE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,99}");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}(\\.\\d{1,3})?");

  /// Reads a command line.
  ///
  /// @throws DlqUsageException when it is not one of [#USAGE]
  public static DlqRequest parse(List<String> args) {
    if (args.stream().anyMatch(Set.of("--help", "-h")::contains) || args.equals(List.of("help"))) {
      return new DlqRequest(new DlqCommand.Help(), false, false, DEFAULT_LIMIT);
    }
    var words = DlqWords.of(args, VALUED);
    var verb = words.plain().isEmpty() ? "" : words.plain().getFirst();
    var own = OPTIONS.get(verb);
    if (own == null) {
      throw new DlqUsageException(
          verb.isEmpty() ? "say what to do" : "there is no command " + PlainText.of(verb));
    }
    words.requireOnly(verb, EVERYWHERE, own);
    return new DlqRequest(
        command(verb, words), words.has("--json"), words.has("--aws"), limit(words));
  }

  private static DlqCommand command(String verb, DlqWords words) {
    return switch (verb) {
      case "list" -> {
        words.requirePlain(1);
        yield new DlqCommand.ListAll();
      }
      case "show" -> new DlqCommand.Show(id(words), words.has("--prompt"));
      case "discard" -> new DlqCommand.Discard(id(words));
      default -> redrive(words);
    };
  }

  private static DlqCommand redrive(DlqWords words) {
    if (words.has("--all")) {
      words.requirePlain(1);
      return new DlqCommand.RedriveAll(rate(words));
    }
    if (words.has("--rate")) {
      throw new DlqUsageException("--rate goes with --all");
    }
    return new DlqCommand.RedriveOne(id(words));
  }

  private static String id(DlqWords words) {
    words.requirePlain(2);
    var id = words.plain().get(1);
    if (JobId.parse(id) == null && !MESSAGE_ID.matcher(id).matches()) {
      throw new DlqUsageException(PlainText.of(id) + " is neither a job id nor a message id");
    }
    return id;
  }

  private static double rate(DlqWords words) {
    var text = words.value("--rate", Double.toString(DEFAULT_RATE)).replaceFirst("/s$", "");
    var rate = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : 0;
    if (rate < MIN_RATE || rate > MAX_RATE) {
      throw new DlqUsageException("--rate is a number of jobs a second, 0.01 to 1000");
    }
    return rate;
  }

  private static int limit(DlqWords words) {
    var text = words.value("--limit", Integer.toString(DEFAULT_LIMIT));
    var limit = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new DlqUsageException("--limit is a number of letters, 1 to " + MAX_LIMIT);
    }
    return limit;
  }
}
