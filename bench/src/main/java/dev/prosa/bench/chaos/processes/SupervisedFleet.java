package dev.prosa.bench.chaos.processes;

import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.evidence.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// One slot for each service; what ends in it is replaced after a moment.
final class SupervisedFleet implements Fleet {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final Path logs;
  private final Journal journal;
  private volatile boolean ending;

  private SupervisedFleet(Path logs, Journal journal) {
    this.logs = logs;
    this.journal = journal;
  }

  static SupervisedFleet start(List<Spec> specs, Path logs, Journal journal)
      throws InterruptedException {
    var fleet = new SupervisedFleet(logs, journal);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(fleet::close));
    specs.forEach(spec -> fleet.slots.put(spec.name(), fleet.new Slot(spec)));
    fleet.slots.values().forEach(Slot::launch);
    fleet.awaitReady();
    return fleet;
  }

  /// A service, whichever process serves it now.
  private final class Slot {
    private final Spec spec;
    private volatile CompletableFuture<ChildProcess> current = new CompletableFuture<>();

    Slot(Spec spec) {
      this.spec = spec;
    }

    synchronized void launch() {
      if (ending) {
        return;
      }
      var child = ChildProcess.start(spec, logs, journal);
      current.complete(child);
      var _ = child.ready().thenAccept(pid -> noteStart(child, pid));
      var _ = child.onExit().thenRun(this::launchSoon);
    }

    private void noteStart(ChildProcess child, long pid) {
      journal.note(
          Kind.STARTED,
          e ->
              e.put("process", spec.name())
                  .put("pid", pid)
                  .put("gateway", child.gateway())
                  .put("port", spec.environment().getOrDefault("PROSA_WS_PORT", "")));
    }

    private void launchSoon() {
      if (!ending) {
        current = new CompletableFuture<>();
        CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
            .execute(this::launch);
      }
    }

    synchronized boolean kill(String why) {
      var child = current.getNow(null);
      if (child == null || !child.isAlive()) {
        return false;
      }
      journal.note(
          Kind.KILLED, e -> e.put("process", spec.name()).put("why", why).put("pid", child.pid()));
      child.kill();
      return true;
    }

    /// Waits until it is up, also when it is killed on the way and started once more.
    void awaitReady() throws InterruptedException {
      var end = System.nanoTime() + START.toNanos();
      while (!isReadyBefore(end)) {
        if (System.nanoTime() >= end) {
          throw new IllegalStateException(
              spec.name() + " does not start; see " + logs.resolve(spec.name() + ".log"));
        }
        Thread.sleep(PAUSE);
      }
    }

    private boolean isReadyBefore(long end) {
      try {
        current
            .thenCompose(ChildProcess::ready)
            .orTimeout(end - System.nanoTime(), TimeUnit.NANOSECONDS)
            .join();
        return true;
      } catch (CompletionException diedOrLate) {
        return false;
      }
    }

    private int terminate() throws InterruptedException {
      var child = current.getNow(null);
      var code = child == null ? -1 : child.terminate(END);
      journal.note(Kind.EXITED, e -> e.put("process", spec.name()).put("code", code));
      return code;
    }

    /// Not while another one is being launched, which would be left behind.
    private synchronized void destroy() {
      var child = current.getNow(null);
      if (child != null) {
        child.kill();
      }
    }
  }

  private Slot slot(String name) {
    var slot = slots.get(name);
    if (slot == null) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return slot;
  }

  @Override
  public boolean kill(String name, String why) {
    return slot(name).kill(why);
  }

  @Override
  public boolean pause(String name) {
    var child = slot(name).current.getNow(null);
    if (child == null || !child.isAlive()) {
      return false;
    }
    journal.note(Kind.PAUSED, e -> e.put("process", name).put("pid", child.pid()));
    signal("STOP", child);
    return true;
  }

  @Override
  public void resume(String name) {
    var child = slot(name).current.getNow(null);
    if (child != null && child.isAlive()) {
      signal("CONT", child);
    }
  }

  private static void signal(String what, ChildProcess child) {
    try {
      var kill = new ProcessBuilder("kill", "-" + what, Long.toString(child.pid())).start();
      kill.onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send a signal", e);
    }
  }

  @Override
  public void restart(String name) throws InterruptedException {
    resume(name);
    slot(name).terminate();
    Thread.sleep(PAUSE.multipliedBy(2));
    slot(name).awaitReady();
  }

  @Override
  public void awaitReady() throws InterruptedException {
    for (var slot : slots.values()) {
      slot.awaitReady();
    }
  }

  @Override
  public int busyThreads(String name) throws InterruptedException {
    var child = slot(name).current.getNow(null);
    return child == null ? -1 : ThreadDump.of(child.pid(), logs).busy();
  }

  @Override
  public void endAll() throws InterruptedException {
    ending = true;
    for (var slot : slots.values()) {
      resume(slot.spec.name());
      slot.terminate();
    }
    close();
  }

  @Override
  public void close() {
    ending = true;
    slots.values().forEach(Slot::destroy);
  }
}
