package dev.prosa.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;

/// `prosa status`: how a running Prosa and its providers are.
public final class StatusMain {

  private static final int EXIT_UNWELL = 1;
  private static final int EXIT_USAGE = 2;

  private static final String USAGE =
      """
      usage: ./prosa status [--json] [--url URL]

        --json     print what the server says
        --url URL  ask this server; otherwise the one that ./prosa up runs on this machine

      Exit codes: 0 when messages are answered, 1 when they are not or only later, 2 when nobody
      answers.
      """;

  private StatusMain() {}

  /// Asks once.
  @SuppressWarnings("SystemOut") // speaks to a person
  public static void main(String[] args) {
    Console.runTool(settings -> System.exit(run(List.of(args), settings, System.out)));
  }

  /// Asks once.
  ///
  /// @param args of the command line
  /// @return the exit code
  /// @throws StartException when nobody answers
  public static int run(List<String> args, LocalSettings settings, PrintStream out) {
    var json = args.contains("--json");
    var rest = args.stream().filter(arg -> !arg.equals("--json")).toList();
    URI server;
    if (rest.isEmpty()) {
      server = settings.server();
    } else if (rest.size() == 2 && rest.getFirst().equals("--url")) {
      server = URI.create(rest.getLast());
    } else {
      out.print(USAGE);
      return EXIT_USAGE;
    }
    var health = HttpHealth.of(server);
    if (json) {
      out.println(health.toPrettyString());
    } else {
      print(health, server, out);
    }
    return isWell(health) ? 0 : EXIT_UNWELL;
  }

  private static boolean isWell(JsonNode health) {
    return health.path("status").asText().equals("ok");
  }

  private static void print(JsonNode health, URI server, PrintStream out) {
    out.printf("%-10s %s at %s%n", "prosa", health.path("status").asText(), server);
    out.printf("%-10s %s%n", "store", health.path("store").asText());
    out.printf("%-10s %s%n", "delivery", health.path("delivery").asText());
    out.printf("%-10s %d%n", "workers", health.path("workers").asInt());
    for (var provider : health.path("providers")) {
      var retryAt = provider.path("retryAt").asText();
      out.printf(
          "%-10s %s %s: %s%s%n",
          "provider",
          provider.path("provider").asText(),
          provider.path("model").asText(),
          provider.path("state").asText(),
          retryAt.isEmpty() ? "" : ", asked again at " + retryAt);
    }
  }
}
