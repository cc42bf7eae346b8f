package dev.prosa.local.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the files in deploy/terraform define, as far as `terraform fmt` leaves it readable without
/// the providers: one name a block, one local a line with two blanks before it.
///
/// @param definitions the text of each, by the name it is referred to by; outputs begin with
///   `output.`
record Terraform(Map<String, String> definitions) {

  static final Path FOLDER = Path.of("..", "deploy", "terraform");

  private static final Pattern BLOCK =
      Pattern.compile("(?m)^(resource|data|variable|output) (?:\"(\\w+)\" )?\"(\\w+)\" \\{");

  private static final Pattern LOCALS = Pattern.compile("(?m)^locals \\{");
  private static final Pattern LOCAL = Pattern.compile("(?m)^  (\\w+)\\s*= ");
  private static final Pattern COMMENT = Pattern.compile("(?m)(^\\s*|\\s)#[ ].*$");

  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?<![\\w./\"-])((?:data\\.)?(?:aws|random)_\\w+\\.\\w+|local\\.\\w+|var\\.\\w+)");

  private static final Pattern STATEMENT =
      Pattern.compile("(?s)actions\\s*=\\s*\\[(.*?)]\\s*resources\\s*=\\s*\\[(.*?)]\\s*\\n");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  private static final Map<String, String> NAMES =
      Map.of(
          "aws_dynamodb_table.turns.arn", "table",
          "aws_sqs_queue.jobs.arn", "queue",
          "aws_sqs_queue.dead_letters.arn", "queue-dlq");

  static Terraform read() {
    try (var files = Files.list(FOLDER)) {
      var definitions = new TreeMap<String, String>();
      files
          .filter(file -> file.toString().endsWith(".tf"))
          .forEach(file -> define(text(file), definitions));
      return new Terraform(definitions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return COMMENT.matcher(Files.readString(file)).replaceAll("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void define(String text, Map<String, String> definitions) {
    BLOCK
        .matcher(text)
        .results()
        .forEach(block -> {
          var type = group(block, 2).isEmpty() ? "" : group(block, 2) + ".";
          var kind =
              switch (group(block, 1)) {
                case "resource" -> "";
                case "variable" -> "var.";
                default -> group(block, 1) + ".";
              };
          definitions.put(kind + type + group(block, 3), body(text, block.end()));
        });
    LOCALS
        .matcher(text)
        .results()
        .forEach(block -> defineLocals(body(text, block.end()), definitions));
  }

  private static void defineLocals(String body, Map<String, String> definitions) {
    var names = LOCAL.matcher(body).results().toList();
    for (int i = 0; i < names.size(); i++) {
      var end = i + 1 < names.size() ? names.get(i + 1).start() : body.length();
      definitions.put("local." + group(names.get(i), 1), body.substring(names.get(i).end(), end));
    }
  }

  /// What stands between the brace before `from` and the one that closes it.
  private static String body(String text, int from) {
    var open = 1;
    var at = from;
    while (open > 0) {
      open += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
      at++;
    }
    return text.substring(from, at - 1);
  }

  /// What a definition refers to.
  Set<String> references(String name) {
    return REFERENCE
        .matcher(definitions.getOrDefault(name, ""))
        .results()
        .map(match -> group(match, 1))
        .filter(Predicate.not(name::equals))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The statements of a policy.
  ///
  /// @param name of its document, such as `worker`
  List<Statement> statements(String name) {
    return STATEMENT
        .matcher(definitions.getOrDefault("data.aws_iam_policy_document." + name, ""))
        .results()
        .map(match -> new Statement(quoted(group(match, 1)), group(match, 2)))
        .toList();
  }

  /// What somebody may do.
  ///
  /// @param resources as they are written
  record Statement(Set<String> actions, String resources) {

    /// What [Right] calls it; nothing for what it has no name for, such as logs.
    Stream<Right> rights() {
      var index = Pattern.compile("/(index/\\w+)").matcher(resources);
      var on =
          index.find()
              ? group(index.toMatchResult(), 1)
              : NAMES.getOrDefault(resources.replaceAll("[^\\w.]", ""), "");
      return on.isEmpty() ? Stream.of() : actions.stream().map(action -> new Right(action, on));
    }
  }

  /// What stands in quotation marks.
  static Set<String> quoted(String text) {
    return QUOTED
        .matcher(text)
        .results()
        .map(match -> group(match, 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The types of all resources.
  Set<String> types() {
    return definitions.keySet().stream()
        .filter(name -> name.matches("(aws|random)_.*"))
        .map(name -> name.substring(0, name.indexOf('.')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// All that `name` waits for, directly or not.
  Set<String> waitsFor(String name) {
    var all = new TreeSet<String>();
    collect(name, all);
    return all;
  }

  private void collect(String name, Set<String> all) {
    references(name).stream().filter(all::add).forEach(next -> collect(next, all));
  }

  /// The values of a stage: what its file says, or the default.
  Map<String, String> values(String stage) {
    var values = new TreeMap<String, String>();
    definitions.forEach((name, text) -> {
      if (name.startsWith("var.")) {
        assigned("default", text).forEach(m -> values.put(name.substring(4), group(m, 2)));
      }
    });
    var file = text(FOLDER.resolve("stages/" + stage + ".tfvars"));
    assigned("\\w+", file).forEach(m -> values.put(group(m, 1), group(m, 2)));
    return values;
  }

  private static Stream<MatchResult> assigned(String name, String text) {
    var matcher = Pattern.compile("(?m)^\\s*(" + name + ")\\s*= (.*)$").matcher(text);
    return matcher.results();
  }

  private static String group(MatchResult match, int number) {
    return Objects.requireNonNullElse(match.group(number), "");
  }
}
