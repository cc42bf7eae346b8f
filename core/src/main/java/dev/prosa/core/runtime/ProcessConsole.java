package dev.prosa.core.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a service as a process of its own, and tells whoever started it how that went.
///
/// Exit codes: 0 after the process was told to end (SIGTERM, Ctrl-C) and has closed everything; 1
/// when something it needs is not there; 2 when settings are wrong, each with a sentence on
/// standard error.
///
/// @param name of the service, one word
public record ProcessConsole(String name) {

  private static final int EXIT_CANNOT_START = 1;
  private static final int EXIT_SETTINGS = 2;

  /// Starts a service that needs no more than the settings; see the other form.
  public void run(BiConsumer<Settings, Lifecycle> start) {
    run(Settings::ofEnvironment, start);
  }

  /// Starts the service and returns; it goes on in threads of its own until the process is told to
  /// end.
  ///
  /// @param read the settings from the environment; it throws [InvalidSettingsException] naming
  ///   every problem there is
  /// @param start opens what the service needs and gives it to the lifecycle, which is closed at
  ///   the end of the process
  public <S> void run(Supplier<S> read, BiConsumer<S, Lifecycle> start) {
    var lifecycle = Lifecycle.create();
    var failed = new AtomicBoolean();
    var stopping = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(() -> stop(lifecycle, failed, stopping)));
    try {
      start.accept(read.get(), lifecycle);
      log().info("{} is ready, pid {}", name, ProcessHandle.current().pid());
    } catch (InvalidSettingsException e) {
      failed.set(true);
      say(e);
      System.exit(EXIT_SETTINGS);
    } catch (RuntimeException e) {
      if (!stopping.get()) {
        failed.set(true);
        log().error("{} does not start", name, e);
        System.exit(EXIT_CANNOT_START);
      }
    }
  }

  /// A JVM that was told to end says 143, which an orchestrator takes for a crash.
  private void stop(Lifecycle lifecycle, AtomicBoolean failed, AtomicBoolean stopping) {
    stopping.set(true);
    lifecycle.close();
    if (!failed.get()) {
      log().info("{} has ended", name);
      Runtime.getRuntime().halt(0);
    }
  }

  @SuppressWarnings("SystemOut") // speaks to a person, who may not have a log yet
  private void say(InvalidSettingsException e) {
    String.valueOf(e.getMessage()).lines().forEach(line -> System.err.println(name + ": " + line));
  }

  private static Logger log() {
    return LoggerFactory.getLogger(ProcessConsole.class);
  }
}
