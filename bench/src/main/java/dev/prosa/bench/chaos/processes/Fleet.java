package dev.prosa.bench.chaos.processes;

import dev.prosa.bench.chaos.evidence.Journal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Services that are started again when they end, as an orchestrator does. Thread-safe.
public sealed interface Fleet extends AutoCloseable permits SupervisedFleet {

  /// One service.
  ///
  /// @param name tells it from the others, also after a restart
  /// @param main the class to start
  /// @param environment all that it is told
  record Spec(String name, String main, Map<String, String> environment) {

    public Spec {
      environment = Map.copyOf(environment);
    }
  }

  /// Starts them all and returns when all serve.
  ///
  /// @throws IllegalStateException when one does not
  static Fleet start(List<Spec> specs, Path logs, Journal journal) throws InterruptedException {
    return SupervisedFleet.start(specs, logs, journal);
  }

  /// `kill -9`.
  ///
  /// @param why for the journal
  /// @return false when it was not running
  boolean kill(String name, String why);

  /// Stops a process in its tracks; [#resume] lets it go on.
  ///
  /// @return false when it was not running
  boolean pause(String name);

  /// Lets a process go on.
  void resume(String name);

  /// Tells a process to end, and has it started again.
  void restart(String name) throws InterruptedException;

  /// Waits until all of them serve.
  void awaitReady() throws InterruptedException;

  /// How many threads of a process work for somebody; -1 when that cannot be seen.
  int busyThreads(String name) throws InterruptedException;

  /// Tells all of them to end, notes how they did, and leaves none behind.
  void endAll() throws InterruptedException;

  /// Leaves none behind.
  @Override
  void close();
}
