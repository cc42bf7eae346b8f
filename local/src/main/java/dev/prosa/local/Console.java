package dev.prosa.local;

import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.local.embedded.EmbeddedServerException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/// What `prosa up` says to the person who started it.
final class Console {

  private static final int EXIT_CANNOT_START = 2;

  private Console() {}

  /// Runs a program; what it cannot do for a known reason becomes a sentence and an exit code.
  static void run(Consumer<LocalSettings> program) {
    run(program, LogFiles::use);
  }

  /// The same for a program whose standard output is its answer.
  static void runTool(Consumer<LocalSettings> program) {
    run(program, settings -> LogFiles.useForTool());
  }

  private static void run(Consumer<LocalSettings> program, Consumer<LocalSettings> logging) {
    try {
      var settings = LocalSettings.ofEnvironment();
      logging.accept(settings);
      program.accept(settings);
    } catch (InvalidSettingsException | StartException | EmbeddedServerException e) {
      fail(e);
    }
  }

  @SuppressWarnings("SystemOut") // speaks to a person
  private static void fail(RuntimeException e) {
    String.valueOf(e.getMessage()).lines().forEach(line -> System.err.println("prosa: " + line));
    System.exit(EXIT_CANNOT_START);
  }

  @SuppressWarnings("SystemOut") // speaks to a person
  static void say(String line) {
    System.out.println("prosa: " + line);
  }

  /// The block that tells where to go from here.
  @SuppressWarnings("SystemOut") // speaks to a person
  static void showReady(RunningChat chat, LocalSettings settings) {
    var model = chat.model();
    System.out.printf(
        Locale.ROOT,
        """

        Prosa is ready, %.1f s after the program started.

          open    %s
          model   %s
          socket  %s
          data    %s
          stop    Ctrl-C

        """,
        uptime().toMillis() / 1000.0,
        chat.page(),
        model.offline()
            ? "an offline demo without intelligence; set OPENAI_API_KEY for a real one"
            : model.name() + " at " + model.provider(),
        chat.socket(),
        settings.data());
  }

  private static Duration uptime() {
    return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
  }
}
