package dev.prosa.local;

import dev.prosa.core.identity.JwtSettings;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.local.issuer.LocalIssuer;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// `prosa token`: a token for trials on this machine.
public final class TokenMain {

  private static final int EXIT_USAGE = 2;
  private static final int DEFAULT_MINUTES = 60;

  /// A week; a token cannot be taken back.
  private static final int MAX_MINUTES = 7 * 24 * 60;

  private static final String USAGE =
      """
      usage: ./prosa token NAME [--minutes N] [--admin]

        Prints a token that proves to be NAME for N minutes (60; at most 10080), with --admin one who
        may see and erase what others wrote. It is believed by a chat on the same data folder that
        was started with PROSA_AUTH=jwt ./prosa up and without PROSA_JWT_ISSUER, for instance:

        curl -H "Authorization: Bearer $(./prosa token ann)" http://localhost:8080/v1/conversations
      """;

  private TokenMain() {}

  /// Prints one token.
  @SuppressWarnings("SystemOut") // speaks to a person
  public static void main(String[] args) {
    Console.runTool(
        settings -> System.exit(run(List.of(args), settings, InstantSource.system(), System.out)));
  }

  /// Prints one token.
  ///
  /// @param args of the command line
  /// @return the exit code
  public static int run(
      List<String> args, LocalSettings settings, InstantSource clock, PrintStream out) {
    var words = new ArrayList<>(args);
    var roles =
        words.remove("--admin") ? List.of(JwtSettings.Roles.DEFAULT.admin()) : List.<String>of();
    var minutes = minutes(words);
    if (minutes < 1 || minutes > MAX_MINUTES || !OwnerId.isValid(words.getFirst())) {
      out.print(USAGE);
      return EXIT_USAGE;
    }
    var issuer = LocalIssuer.in(settings.data(), clock);
    out.println(issuer.token(new OwnerId(words.getFirst()), roles, Duration.ofMinutes(minutes)));
    return 0;
  }

  /// 0 when the command line is not one of ours.
  private static int minutes(List<String> args) {
    if (args.size() == 1) {
      return args.getFirst().startsWith("-") ? 0 : DEFAULT_MINUTES;
    }
    var said = args.size() == 3 && args.get(1).equals("--minutes") ? args.getLast() : "";
    return said.matches("\\d{1,5}") ? Integer.parseInt(said) : 0;
  }
}
