package dev.prosa.bench.model;

import dev.prosa.core.turn.JobId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/// One tab of a browser: the page's client, and what is on its screen. It runs on the kernel's own
/// thread only.
final class Tab {

  private final World world;
  private final Proc proc;
  private final Person person;
  private final Map<JobId, Shown> screen = new LinkedHashMap<>();
  private final Value script;
  private SimulatedGateway.@Nullable Socket socket;

  /// What is on the screen of one reply.
  record Shown(int attempt, String text, String state) {

    boolean isFinal() {
      return !state.equals("ACCEPTED") && !state.equals("RUNNING");
    }
  }

  /// A timer of the page.
  static final class Timer {
    private boolean cancelled;

    void cancel() {
      cancelled = true;
    }
  }

  Tab(World world, Proc proc, Person person) {
    this.world = world;
    this.proc = proc;
    this.person = person;
    this.script = world.scripts().openTab(new Window(this).members());
  }

  String name() {
    return proc.name();
  }

  /// What it shows, by job.
  Map<JobId, Shown> screen() {
    return screen;
  }

  void send(String key, @Nullable String conversation) {
    script.invokeMember("send", key, conversation);
  }

  void load(String conversation) {
    script.invokeMember("load", conversation);
  }

  void cancel(JobId job) {
    world.history().note("%s wants to stop %d".formatted(name(), job.turn()));
    script.invokeMember("cancel", job.value());
  }

  /// The tab is closed: what is on its way to it arrives nowhere.
  void close() {
    script.invokeMember("close");
    world.kernel().kill(proc);
  }

  /// The line breaks.
  void drop() {
    if (socket != null) {
      socket.cut();
    }
  }

  /// Milliseconds.
  double now() {
    return world.kernel().nowNanos() / 1e6;
  }

  double random() {
    return proc.random().nextDouble();
  }

  Timer after(double millis, Value task) {
    var timer = new Timer();
    world
        .kernel()
        .after(
            (long) (millis * 1e6),
            proc,
            () -> {
              if (!timer.cancelled) {
                task.executeVoid();
              }
            });
    return timer;
  }

  void request(
      String method, String path, @Nullable String key, @Nullable String body, Value answer) {
    world
        .api()
        .serve(
            person.name(),
            new Api.Call(method, path, key, body),
            (status, text) -> {
              if (!proc.isDead()) {
                answer.executeVoid(status, text);
              }
            });
  }

  SimulatedGateway.@Nullable Socket connect(Value page, String ticket) {
    var gateway = world.gateway(proc);
    if (gateway == null) {
      world.later(proc, () -> closed(page, 1006));
      return null;
    }
    socket =
        gateway.open(
            ticket,
            frame -> page.invokeMember("onmessage", ProxyObject.fromMap(Map.of("data", frame))),
            code -> closed(page, code));
    return socket;
  }

  private void closed(Value page, int code) {
    world.history().note("%s loses its socket with %d".formatted(name(), code));
    page.invokeMember("onclose", ProxyObject.fromMap(Map.of("code", code)));
  }

  void shown(String jobId, int attempt, String text, String state) {
    var job = JobId.parse(jobId);
    if (job == null) {
      world.history().violation("a page shows " + jobId);
      return;
    }
    var shown = new Shown(attempt, text, state);
    screen.put(job, shown);
    world.history().note("%s shows %d: %s".formatted(name(), job.turn(), shown));
    world.checker().shown(person, job, shown);
    person.shown(this, job, shown);
  }

  void notLoaded(String conversation) {
    world.later(proc, () -> load(conversation));
  }

  void accepted(String key, String jobId, String conversation) {
    var job = JobId.parse(jobId);
    if (job != null) {
      world.history().accepted(key, job);
      person.accepted(this, key, job, conversation);
    }
  }

  void refused(String key, int status, String code) {
    world.history().note("%s of %s is refused with %d %s".formatted(key, name(), status, code));
    if (status >= 400 && status < 500) {
      world.history().violation("%s is refused with %d %s".formatted(key, status, code));
    }
    person.refused(this, key);
  }
}
