package dev.prosa.local;

import dev.prosa.core.identity.JwtSettings;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.Setting;
import dev.prosa.local.chat.Terminal;
import dev.prosa.local.chat.TerminalChat;
import dev.prosa.local.issuer.LocalIssuer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `prosa chat`: talks to a running `prosa up` in the terminal.
public final class ChatMain {

  private static final int EXIT_USAGE = 2;

  private static final String USAGE =
      """
      usage: ./prosa chat

      Talks to the Prosa that ./prosa up runs on this machine. With PROSA_AUTH=jwt it shows the token
      in PROSA_TOKEN or, where this machine issues its own, one for the user "local". Each line you
      type is a message:

      """;

  private static final Duration A_DAY_OF_CHAT = Duration.ofHours(12);

  private static final String EXITS =
      """

      It works without a terminal, too: echo "hello" | ./prosa chat
      Exit codes: 0, 1 when a message got no reply (without a terminal), 2 when no Prosa answers.
      """;

  private ChatMain() {}

  /// Talks until the input ends.
  public static void main(String[] args) {
    Console.run(
        settings -> System.exit(run(List.of(args), settings, terminal(), ChatMain::closeAtExit)));
  }

  /// Talks to the Prosa that `settings` name, until the input ends.
  ///
  /// @param args of the command line
  /// @return the exit code
  public static int run(List<String> args, LocalSettings settings, Terminal terminal) {
    return run(args, settings, terminal, chat -> {});
  }

  private static int run(
      List<String> args,
      LocalSettings settings,
      Terminal terminal,
      Consumer<TerminalChat> onStart) {
    if (!args.isEmpty()) {
      var help = args.equals(List.of("--help")) || args.equals(List.of("-h"));
      var out = help ? terminal.out() : terminal.err();
      out.print(USAGE + TerminalChat.COMMANDS + EXITS);
      return help ? 0 : EXIT_USAGE;
    }
    try (var chat = TerminalChat.with(settings.server(), token(settings), terminal)) {
      onStart.accept(chat);
      return chat.run();
    }
  }

  /// Null when nobody asks for one.
  private static @Nullable String token(LocalSettings local) {
    var settings = local.settings();
    if (settings.isSet(Setting.TOKEN) || JwtSettings.isDevelopment(settings)) {
      return settings.textOrNull(Setting.TOKEN);
    }
    return settings.isSet(Setting.JWT_ISSUER)
        ? null
        : LocalIssuer.in(local.data(), InstantSource.system())
            .token(new OwnerId("local"), List.of(), A_DAY_OF_CHAT);
  }

  /// Ctrl-C leaves the terminal as it was.
  private static void closeAtExit(TerminalChat chat) {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(chat::close));
  }

  /// Text is UTF-8 whatever the language settings of the shell are: a pipe has none.
  @SuppressWarnings("SystemConsoleNull") // it is with -Djdk.console=java.base and a pipe
  private static Terminal terminal() {
    var console = System.console();
    return new Terminal(
        System.in,
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        console != null && console.isTerminal());
  }

  private static PrintStream utf8(FileDescriptor to) {
    return new PrintStream(new FileOutputStream(to), true, StandardCharsets.UTF_8);
  }
}
